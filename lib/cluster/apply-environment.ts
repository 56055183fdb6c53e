import type { Bundle, Manifest } from '../bundle/bundle.ts';
import { connectToCluster, runningCluster } from './access.ts';
import { type AppliedObject, applyBundle } from './apply.ts';
import { ClusterError, type Report } from './cluster-error.ts';
import { CONTROLLERS } from './controllers/registry.ts';
import { controllersOf, settleControllers, startControllers } from './controllers.ts';
import { withLock } from './lock.ts';
import { clusterFolder, updateState } from './state.ts';

export interface AppliedEnvironment {
  readonly applied: readonly AppliedObject[];
  /** Controllers of the environment that run here now. */
  readonly running: readonly string[];
  /** Controllers that the environment asks for and that were not wanted. */
  readonly notStarted: readonly string[];
}

/** Which of the controllers that a bundle asks for are to run; refuses names that there are not. */
function wantedControllers(bundle: Bundle, wanted: 'all' | 'none' | readonly string[]): readonly string[] {
  const asked = controllersOf(bundle).map(({ name }) => name);
  if (wanted === 'all') return asked;
  if (wanted === 'none') return [];
  const known = CONTROLLERS.map(({ name }) => name);
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new ClusterError(
      `No controller is named ${unknown.join(', ')}; there are ${known.join(', ')}, "all" and "none".`,
    );
  }
  return asked.filter((name) => wanted.includes(name));
}

/** Applies an environment to a running cluster, and starts the controllers that it asks for. */
export async function applyEnvironment(
  name: string,
  bundle: Bundle,
  report: Report,
  wanted: 'all' | 'none' | readonly string[] = 'all',
): Promise<AppliedEnvironment> {
  const running = wantedControllers(bundle, wanted);
  const { folder } = await runningCluster(name);
  return withLock(folder, name, async () => {
    const client = await connectToCluster(name);
    try {
      const work = { bundle, only: running, report };
      const applied = await applyBundle(client, bundle, report, {
        start: () => startControllers(folder, work),
        settle: () => settleControllers(folder, work),
        answer: (manifest: Manifest) =>
          CONTROLLERS.some((controller) => running.includes(controller.name) && controller.answers?.(manifest)),
      });
      const notStarted = controllersOf(bundle).flatMap((each) => (running.includes(each.name) ? [] : [each.name]));
      return { applied, running, notStarted };
    } finally {
      client.close();
    }
  });
}

/** Writes down which environment a cluster has, for commands that are told none. */
export function rememberEnvironment(name: string, environment: string): void {
  updateState(clusterFolder(name), (state) => ({ ...state, environment }));
}
