import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProviderCall, readCalls, secondsUnderWay } from './call-times.ts';
import { type ProcessUsage, watchProcesses } from './process-usage.ts';
import type { ProgramUsage } from './program-usage.ts';
import type { PulumiProject, PulumiResult, Variables } from './pulumi-project.ts';

/** What a command of Pulumi took, and which part of it. */
export interface MeasuredRun {
  readonly result: PulumiResult;
  readonly seconds: number;
  readonly program: ProgramUsage;
  readonly providers: {
    /** In which at least one question to a provider was under way; the program may work at the same time. */
    readonly seconds: number;
    readonly cpuSeconds: number;
    readonly calls: readonly ProviderCall[];
  };
  /** The command itself; it starts the other two. */
  readonly engine: {
    /** In which neither the program worked nor a provider was asked, as far as these took turns. */
    readonly seconds: number;
    readonly cpuSeconds: number;
    readonly megabytes: number;
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

let runs = 0;

/** Runs a command, and sees what it and its processes take. */
export async function measureRun(
  project: PulumiProject,
  words: readonly string[],
  variables: Variables,
): Promise<MeasuredRun> {
  runs += 1;
  const [usage, times] = [join(project.folder, `usage-${runs}`), join(project.folder, `calls-${runs}`)];
  const start = performance.now();
  const call = project.start(words, { ...variables, ATELIER_PROGRAM_USAGE: usage, ATELIER_STAND_IN_TIMES: times });
  const stopWatching = watchProcesses(call.pid);
  const result = await call.result;
  const seconds = (performance.now() - start) / 1000;
  const processes = stopWatching();
  if (result.code !== 0) throw new Error(`pulumi ${words.join(' ')}: ${result.stdout}\n${result.stderr}`);
  const program = JSON.parse(readFileSync(usage, 'utf8')) as ProgramUsage;
  const calls = readCalls(times).filter(({ method }) => method !== 'run');
  const waited = secondsUnderWay(calls);
  const isProvider = ({ command }: ProcessUsage): boolean =>
    command.includes('/.engine/programs/') && !command.includes('language-host');
  const engine = processes.find(({ command }) => /\/pulumi (preview|up)/.test(command));
  return {
    result,
    seconds,
    program,
    providers: {
      seconds: waited,
      cpuSeconds: sum(processes.filter(isProvider).map(({ cpuSeconds }) => cpuSeconds)),
      calls,
    },
    engine: {
      seconds: Math.max(0, seconds - program.busySeconds - waited),
      cpuSeconds: engine?.cpuSeconds ?? Number.NaN,
      megabytes: engine?.megabytes ?? Number.NaN,
    },
  };
}
