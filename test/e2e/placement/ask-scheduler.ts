import type { Pod } from '../../../lib/scheduling/pod.ts';
import { create, must, type SchedulerCluster } from './scheduler-cluster.ts';
import { podManifest } from './world-objects.ts';

/** What the real scheduler does with a pod. */
export interface Answer {
  /** Where the pod ended up, after preemption too; undefined where it stayed pending, or has not used its room yet. */
  readonly node: string | undefined;
  /** What the scheduler first wrote where it found no node. */
  readonly message: string | undefined;
  /** Where it makes room. */
  readonly nominated: string | undefined;
  /** Pods ended for it, as `namespace/name`. */
  readonly victims: readonly string[];
  /** Milliseconds from the request to the first decision. */
  readonly elapsed: number;
}

const TIMEOUT_MS = 20_000;
/**
 * How long a pod for which room was made may take to use it. Kubernetes 1.36 sometimes leaves it in the queue until that
 * is flushed after five minutes: where victims end at once, their end may be noticed before the pod waits for it.
 */
const ROOM_MS = 1500;

/** Creates the pod, waits for the decision, and for the room that is made, and removes the pod again. */
export async function askScheduler(cluster: SchedulerCluster, pod: Pod, name: string, world: string): Promise<Answer> {
  const { client, pods } = cluster;
  const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods`;
  const manifest = podManifest({ ...pod, metadata: { ...pod.metadata, name } }, world);
  const victims: string[] = [];
  let message: string | undefined;
  let nominated: string | undefined;
  let elapsed = 0;
  let gone = (): void => {};
  const removed = new Promise<void>((resolve) => {
    gone = resolve;
  });
  let forget = (): void => {};
  const began = performance.now();
  const decided = new Promise<string | undefined>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`no decision on ${JSON.stringify(manifest)} within ${TIMEOUT_MS / 1000} s: ${message}`)),
      TIMEOUT_MS,
    );
    let roomTimer: NodeJS.Timeout | undefined;
    const unlisten = pods.listen(({ type, object: { metadata, spec, status } }) => {
      if (metadata.name !== name) {
        if (type === 'DELETED') victims.push(`${metadata.namespace}/${metadata.name}`);
        return;
      }
      if (type === 'DELETED') gone();
      if (type !== 'MODIFIED') return;
      if (elapsed === 0) elapsed = performance.now() - began;
      const condition = status?.conditions?.find((each) => each.type === 'PodScheduled' && each.status === 'False');
      if (spec.nodeName) return resolve(spec.nodeName);
      if (condition?.reason === 'SchedulerError') return reject(new Error(condition.message));
      // A node without any refusal before: the pod is going there and waits for its volume.
      if (condition === undefined) return status?.nominatedNodeName ? resolve(status.nominatedNodeName) : undefined;
      message ??= condition.message ?? '';
      nominated ??= status?.nominatedNodeName;
      if (nominated === undefined) resolve(undefined);
      else roomTimer ??= setTimeout(() => resolve(undefined), ROOM_MS);
    });
    forget = () => {
      clearTimeout(timer);
      clearTimeout(roomTimer);
      unlisten();
    };
  });
  try {
    await create(client, path, manifest);
    const node = await decided;
    await must(client, { method: 'DELETE', path: `${path}/${name}?gracePeriodSeconds=0` });
    // Whoever asks next would take it for a victim.
    await removed;
    // The scheduler leaves out to say where it makes room when it has placed the pod there by then.
    return { node, message, nominated: nominated ?? (victims.length > 0 ? node : undefined), victims, elapsed };
  } finally {
    forget();
  }
}
