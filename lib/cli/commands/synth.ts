import { join, relative, resolve } from 'node:path';
import type { Bundle } from '../../bundle/bundle.ts';
import { indexFile } from '../../bundle/index-file.ts';
import { type LayoutFile, layoutFiles } from '../../bundle/layout.ts';
import { replaceFolders } from '../../bundle/write.ts';
import { cloudOf } from '../../model/cluster.ts';
import { gitOpsFolder } from '../../model/git-ops.ts';
import { problemsOf, type SynthesizedEnvironment, silencedOf, synthesizeAll } from '../environments.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { countProblems, printProblems, printSilenced } from '../problems.ts';
import { endProgress, showProgress } from '../progress.ts';
import { colors, formatTable, printMessage, printResult } from '../terminal.ts';

export interface SynthOptions {
  /** Folder that gets one folder per environment. */
  readonly out: string;
}

interface Output {
  readonly bundle: Bundle;
  readonly folder: string;
  readonly files: readonly LayoutFile[];
}

/** A path as a shell takes it. */
const quoted = (path: string): string => (/^[\w./<>-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

function application({ environment, platform }: Bundle, folder: string): readonly string[] {
  const { gitOps } = platform.environment;
  if (gitOps !== undefined) {
    const path = gitOpsFolder(environment, gitOps);
    const once =
      gitOps.tool === 'flux' ? `apply ${path}/gitops/flux.yaml` : `make a root Application on ${path}/gitops`;
    return [
      `  deliver  commit it as ${path} to ${gitOps.repository} (${gitOps.revision}); the first time, ${once} (docs/delivery.md)`,
    ];
  }
  if (cloudOf(platform.environment)) {
    return [
      `  apply    pulumi up --stack ${environment} makes the cluster and applies all of this (docs/first-deployment.md)`,
    ];
  }
  return [
    `  apply    from 00-crds upwards, objects before releases: the files of ${quoted(`${folder}/<phase>`)}`,
    `           with kubectl apply --server-side --force-conflicts -R -f, then those of ${quoted(`${folder}/releases/<phase>`)}`,
    '           with the helm command in their first line; or by Pulumi (docs/pulumi.md), Argo CD or Flux (docs/delivery.md)',
  ];
}

function nextSteps(outputs: readonly Output[]): string {
  const [first] = outputs;
  if (!first) return '';
  const folder = relative(process.cwd(), first.folder) || '.';
  const nodes = first.bundle.files.some(({ path }) => path === 'nodes/label-nodes.sh')
    ? [`  nodes    bash ${quoted(`${folder}/nodes/label-nodes.sh`)}   (labels and taints of the nodes that exist)`]
    : [];
  return [
    `Next, for ${first.bundle.environment}:`,
    `  review   ${quoted(`${folder}/index.json`)} says which line asked for what; every object is one file`,
    `  secrets  ${quoted(`${folder}/secrets.md`)} lists what only you can make, and how`,
    ...nodes,
    ...application(first.bundle, folder),
  ].join('\n');
}

function refuse(environments: readonly SynthesizedEnvironment[]): ExitCode | undefined {
  const bad = environments.filter(({ synthesis }) => synthesis.kind !== 'accepted');
  if (bad.length === 0) return undefined;
  for (const environment of bad) {
    printMessage(`${environment.word}: ${countProblems(problemsOf(environment))}; nothing was written.`);
  }
  return bad.some(({ synthesis }) => synthesis.kind === 'invalid') ? EXIT.badInput : EXIT.findings;
}

/** `atelier synth`: writes every environment, or nothing at all. */
export async function runSynth(words: readonly string[], options: SynthOptions): Promise<ExitCode> {
  const environments = await synthesizeAll(words);
  printProblems(environments.flatMap(problemsOf));
  printSilenced(environments.flatMap(silencedOf));
  const refused = refuse(environments);
  if (refused !== undefined) return refused;

  const outputs = environments.flatMap(({ synthesis }): readonly Output[] => {
    if (synthesis.kind !== 'accepted') return [];
    const { bundle } = synthesis;
    const folder = join(resolve(options.out), bundle.environment);
    return [{ bundle, folder, files: [...layoutFiles(bundle), indexFile(bundle)] }];
  });
  showProgress(`writing ${outputs.map(({ bundle }) => bundle.environment).join(', ')}`);
  replaceFolders(outputs);
  endProgress();

  const rows = outputs.map(({ bundle, folder, files }) => [
    bundle.environment,
    bundle.objects.length,
    bundle.releases.length,
    bundle.cloud.length,
    files.length,
    relative(process.cwd(), folder) || '.',
  ]);
  printResult(formatTable([['environment', 'objects', 'releases', 'cloud', 'files', 'folder'], ...rows]));
  printMessage(`\n${colors.dim(nextSteps(outputs))}`);
  return EXIT.clean;
}
