import type { Bundle } from '../../bundle/bundle.ts';
import { connectToCluster, runningCluster } from '../../cluster/access.ts';
import { ClusterError } from '../../cluster/cluster-error.ts';
import { nameOption } from '../../cluster/cluster-name.ts';
import { runDemo } from '../../cluster/demo/demo.ts';
import type { Actor, DemoOptions, DemoResult } from '../../cluster/demo/options.ts';
import type { ClusterState } from '../../cluster/state.ts';
import { formatGoDuration } from '../../core/duration.ts';
import type { Profile } from '../../model/profile.ts';
import { warmCapacities } from '../../model/warm-capacity.ts';
import { sessionJob } from '../../workbench/session-job.ts';
import { problemsOf, synthesizeAll } from '../environments.ts';
import { EXIT, type ExitCode, INTERRUPTED } from '../exit-code.ts';
import { printProblems } from '../problems.ts';
import { endProgress, showProgress } from '../progress.ts';
import { colors, printMessage, printResult } from '../terminal.ts';

export interface ClusterDemoOptions {
  readonly name: string;
  readonly profile?: string;
  readonly idle: number | 'real';
}

/** Long enough to look at it. */
const RUN_SECONDS = 5;

const PAINT: Readonly<Record<Actor, (text: string) => string>> = {
  session: colors.cyan,
  scheduler: colors.yellow,
  autoscaler: colors.magenta,
  node: colors.green,
  demo: colors.dim,
};

function chosenProfile({ platform }: Bundle, name: string | undefined): Profile {
  const { profiles } = platform;
  if (name === undefined) {
    const gpu = profiles.filter((profile) => profile.gpu !== undefined);
    // A pool that is kept warm has nodes already: the others show how one comes from nothing.
    const warm = new Set(warmCapacities(platform).map(({ pool }) => pool.name));
    const first = gpu.find(({ pool }) => !warm.has(pool)) ?? gpu[0];
    if (first) return first;
  }
  const found = profiles.find((profile) => profile.name === name);
  if (found) return found;
  const names = profiles.map((profile) => profile.name).join(', ');
  throw new ClusterError(
    name === undefined
      ? `No session profile has a GPU; choose one with --profile: ${names}.`
      : `No session profile is named "${name}"; there are ${names}.`,
  );
}

/** Who adds nodes here: the autoscaler of the environment where it runs, else the demo itself. */
function scalingOf(
  { platform: { environment } }: Bundle,
  { controllers }: ClusterState,
  cluster: string,
): DemoOptions['scaling'] {
  const { kind } = environment.autoscaler;
  if (kind === 'none' || kind in controllers) return kind;
  if (kind === 'cluster-autoscaler') return 'by-hand';
  throw new ClusterError(
    `Karpenter does not run on this cluster. Apply "${environment.name}" with it: atelier cluster apply ${environment.name}${nameOption(cluster)}.`,
  );
}

function headline(bundle: Bundle, profile: Profile, scaling: DemoOptions['scaling']): string {
  const who: Readonly<Record<DemoOptions['scaling'], string>> = {
    karpenter: 'Karpenter adds and removes nodes',
    'cluster-autoscaler': 'cluster-autoscaler adds and removes nodes',
    'by-hand':
      'cluster-autoscaler is not run here (ATELIER_CLUSTER_AUTOSCALER names no binary), so the demo resizes the node group in its place',
    none: 'no autoscaler: nodes are machines that exist',
  };
  return `${colors.bold(`${bundle.environment}: ${profile.spec.title}`)}\n${colors.dim(who[scaling])}`;
}

function summary({ waited, launched, kept, untilGone, usd }: DemoResult, { pool }: Profile): string {
  const start = `the session waited ${waited.toFixed(1)} s`;
  if (launched === 0 || untilGone === undefined) {
    return `${colors.green('✓')} ${start}, on a node of pool ${pool} that was there.`;
  }
  const nodes = `0 → ${launched} → ${kept} nodes`;
  const cost = usd === undefined ? '' : `; ${usd.toFixed(4)} USD at list price`;
  const end = kept < launched ? `, gone ${untilGone.toFixed(1)} s after it` : '';
  const warm = kept > 0 ? `; ${kept} kept warm for the next one` : '';
  return `${colors.green('✓')} ${nodes} in pool ${pool}: ${start}${end}${warm}${cost}.`;
}

/** `atelier cluster demo`: one session, from nothing to nothing. */
export async function runClusterDemo(word: string | undefined, options: ClusterDemoOptions): Promise<ExitCode> {
  const { state } = await runningCluster(options.name);
  const applied = word ?? state.environment;
  if (applied === undefined) {
    throw new ClusterError(
      `Nothing is applied to this cluster yet: atelier cluster apply prod${nameOption(options.name)}.`,
    );
  }
  const [environment] = await synthesizeAll([applied]);
  if (environment === undefined || environment.synthesis.kind !== 'accepted') {
    if (environment) printProblems(problemsOf(environment));
    return EXIT.badInput;
  }
  const { bundle } = environment.synthesis;
  const profile = chosenProfile(bundle, options.profile);
  const scaling = scalingOf(bundle, state, options.name);
  printResult(headline(bundle, profile, scaling));

  const began = Date.now();
  const elapsed = (): string => `${((Date.now() - began) / 1000).toFixed(1)} s`.padStart(8);
  const interrupt = new AbortController();
  const abort = (): void => interrupt.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, abort);
  const client = await connectToCluster(options.name);
  try {
    const result = await runDemo({
      client,
      bundle,
      profile,
      job: sessionJob(bundle.platform, profile, { user: 'demo', id: began.toString(36) }),
      scaling,
      // cluster-autoscaler reads it from flags, which stay as they are.
      idleSeconds: options.idle === 'real' || scaling === 'cluster-autoscaler' ? undefined : options.idle,
      runSeconds: RUN_SECONDS,
      tell: (actor, text) => {
        endProgress();
        printResult(`${colors.dim(elapsed())}  ${PAINT[actor](actor.padEnd(10))}  ${text}`);
      },
      waitFor: (what) => showProgress(`${elapsed()}  ${what} ...`),
      signal: interrupt.signal,
    });
    endProgress();
    printResult(summary(result, profile));
    const pool = bundle.platform.pools.find(({ name }) => name === profile.pool);
    if ((scaling === 'karpenter' || scaling === 'by-hand') && options.idle !== 'real' && pool) {
      const real = formatGoDuration(pool.spec.disruption.idleAfter);
      printMessage(colors.dim(`In ${bundle.environment} an empty node stays ${real}; --idle real shows that.`));
    }
    return EXIT.clean;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    endProgress();
    printMessage('Interrupted; the session is ended, and its node goes after its idle time.');
    return process.exit(INTERRUPTED);
  } finally {
    client.close();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeListener(signal, abort);
  }
}
