import type { Node } from '../../lib/scheduling/node.ts';
import type { Pod, PodSpec } from '../../lib/scheduling/pod.ts';
import { type ClusterObjects, takeSnapshot } from '../../lib/scheduling/snapshot.ts';
import { decidePlacement, describeVerdict, type Verdict } from '../../lib/scheduling/verdict.ts';

/** A node with room for everything, in a zone, unless told otherwise. */
export function node(
  name: string,
  more: Omit<Partial<Node>, 'metadata'> & { readonly labels?: Record<string, string> } = {},
): Node {
  const { labels = {}, spec = {}, status = {} } = more;
  return {
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': 'a', ...labels },
    },
    spec,
    status: { allocatable: { cpu: '64', memory: '64Gi', pods: 110, ...status.allocatable } },
  };
}

/** A pod of one container that asks for nothing, unless told otherwise. */
export function pod(
  spec: Partial<PodSpec> = {},
  {
    name = 'pod',
    namespace = 'default',
    labels = {},
  }: { name?: string; namespace?: string; labels?: Record<string, string> } = {},
): Pod {
  return { metadata: { name, namespace, labels }, spec: { containers: [{ name: 'main' }], ...spec } };
}

/** A pod that asks for these resources. */
export const asking = (requests: Record<string, string | number>, spec: Partial<PodSpec> = {}): Pod =>
  pod({ containers: [{ name: 'main', resources: { requests } }], ...spec });

export function decide(asked: Pod, objects: ClusterObjects): Verdict {
  return decidePlacement(asked, takeSnapshot(objects));
}

/** Names of the nodes that will do, or what the scheduler would write. */
export function outcome(asked: Pod, objects: ClusterObjects): string {
  const verdict = decide(asked, objects);
  return verdict.kind === 'feasible' ? verdict.nodes.join(' ') : (describeVerdict(verdict) ?? '');
}
