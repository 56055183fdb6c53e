import type { Bundle, Manifest } from '../../lib/bundle/bundle.ts';
import { startControllers } from '../../lib/cluster/controllers.ts';
import type { ProcessIdentity } from '../../lib/cluster/process.ts';
import { logPath, stopProcesses } from '../../lib/cluster/processes.ts';
import { answersAdmin } from '../../lib/cluster/readiness.ts';
import { clusterFolder, readState } from '../../lib/cluster/state.ts';
import { silent } from './local-cluster.ts';

/** Name and namespace of everything of the second scheduler, as the documentation tells them. */
export const SCHEDULER = { name: 'atelier-packing', namespace: 'atelier-scheduler' } as const;

/** The controller of lib/cluster that runs it. */
const CONTROLLER = 'packing-scheduler';

/** The objects that the second scheduler of an environment is made of, and the classes that its pods may have. */
export function schedulerBundle(bundle: Bundle): Bundle {
  const isOwn = ({ kind, metadata: { name, namespace } }: Manifest): boolean =>
    kind === 'PriorityClass' || name.startsWith(SCHEDULER.name) || [name, namespace].includes(SCHEDULER.namespace);
  return { ...bundle, objects: bundle.objects.filter(({ manifest }) => isOwn(manifest)) };
}

/** A second scheduler that runs. */
export interface SecondScheduler {
  readonly process: ProcessIdentity;
  readonly log: string;
  /** Whether it shows its metrics to the administrator, for which it has to ask the API server who that is. */
  readonly showsMetrics: () => Promise<boolean>;
}

/** Runs the second scheduler of an environment that was applied while something is done. */
export async function withSecondScheduler<T>(
  cluster: string,
  bundle: Bundle,
  work: (scheduler: SecondScheduler) => Promise<T>,
): Promise<T> {
  const folder = clusterFolder(cluster);
  await startControllers(folder, { bundle, only: [CONTROLLER], report: silent });
  const state = readState(folder);
  const process = state?.processes.find(({ name }) => name === CONTROLLER);
  if (state === undefined || process === undefined) throw new Error(`${CONTROLLER} does not run`);
  try {
    return await work({
      process,
      log: logPath(folder, CONTROLLER),
      showsMetrics: () => answersAdmin({ folder, ...state }, CONTROLLER, '/metrics'),
    });
  } finally {
    await stopProcesses(folder, [process]);
  }
}
