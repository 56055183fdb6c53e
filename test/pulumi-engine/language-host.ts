import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ServerUnaryCall, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import grpcService from '@pulumi/pulumi/proto/language_grpc_pb.js';
import language from '@pulumi/pulumi/proto/language_pb.js';
import plugin from '@pulumi/pulumi/proto/plugin_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { servePlugin } from './plugin-process.ts';

/** By which the program says that it has told the user what is wrong (@pulumi/pulumi, cmd/run). */
const TOLD_THE_USER = 32;

/** The part of a RunRequest that is read here; its types miss half of it. */
interface RunRequest {
  readonly getProject: () => string;
  readonly getStack: () => string;
  readonly getOrganization: () => string;
  readonly getPwd: () => string;
  readonly getProgram: () => string;
  readonly getDryrun: () => boolean;
  readonly getParallel: () => number;
  readonly getMonitorAddress: () => string;
  readonly getConfigMap: () => { readonly toArray: () => [string, string][] };
  readonly getConfigsecretkeysList: () => string[];
  readonly getInfo: () => {
    readonly getRootDirectory: () => string;
    readonly getProgramDirectory: () => string;
    readonly getEntryPoint: () => string;
  };
}

let engineAddress = process.argv.at(-1) ?? '';

/** Runs the program in a process of its own, as `pulumi-language-nodejs` does. */
function run(request: RunRequest): Promise<number> {
  const info = request.getInfo();
  // What it takes is written there on its way out (test/pulumi-engine/program-usage.ts).
  const measure = process.env.ATELIER_PROGRAM_USAGE ? ['--require', join(__dirname, 'program-usage.cjs')] : [];
  const words = [
    ...measure,
    createRequire(join(info.getProgramDirectory(), 'program.js')).resolve('@pulumi/pulumi/cmd/run'),
    `--monitor=${request.getMonitorAddress()}`,
    `--engine=${engineAddress}`,
    `--organization=${request.getOrganization()}`,
    `--project=${request.getProject()}`,
    `--stack=${request.getStack()}`,
    `--pwd=${request.getPwd()}`,
    `--root-directory=${info.getRootDirectory()}`,
    `--parallel=${request.getParallel()}`,
    ...(request.getDryrun() ? ['--dry-run'] : []),
    info.getEntryPoint() || request.getProgram(),
  ];
  const env = {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
  return new Promise((resolve, reject) => {
    const program = spawn(process.execPath, words, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    program.on('error', reject);
    program.on('close', (code) => resolve(code ?? 1));
  });
}

type Unary<T = unknown> = (call: ServerUnaryCall<T, unknown>, answer: sendUnaryData<unknown>) => void;
const answerWith =
  (response: () => unknown): Unary =>
  (_, answer) =>
    answer(null, response());

const handshake: Unary<{ readonly getEngineAddress: () => string }> = (call, answer) => {
  engineAddress = call.request.getEngineAddress() || engineAddress;
  answer(null, new language.LanguageHandshakeResponse());
};

const runProgram: Unary<RunRequest> = (call, answer) => {
  run(call.request).then(
    (code) => {
      const response = new language.RunResponse();
      if (code === TOLD_THE_USER) response.setBail(true);
      else if (code !== 0) response.setError(`the program ended with exit code ${code}`);
      answer(null, response);
    },
    (error: Error) => answer(error, null),
  );
};

servePlugin(grpcService.LanguageRuntimeService, {
  handshake,
  run: runProgram,
  getPluginInfo: answerWith(() => new plugin.PluginInfo().setVersion('3.232.0')),
  getRequiredPlugins: answerWith(() => new language.GetRequiredPluginsResponse()),
  getRequiredPackages: answerWith(() => new language.GetRequiredPackagesResponse()),
  installDependencies: (call: ServerWritableStream<unknown, unknown>) => call.end(),
  about: answerWith(() => new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
  getProgramDependencies: answerWith(() => new language.GetProgramDependenciesResponse()),
  cancel: answerWith(() => new empty.Empty()),
});
