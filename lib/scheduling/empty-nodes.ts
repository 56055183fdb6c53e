import { LABELS } from '../catalog/labels.ts';
import { formatMillicpu } from '../core/quantity.ts';
import type { Pool, PoolNode } from '../model/pool.ts';
import type { Node } from './node.ts';
import type { Pod, ResourceList } from './pod.ts';
import type { ClusterObjects } from './snapshot.ts';

function nodeOf(pool: Pool, { type, architecture, allocatable, devices }: PoolNode): Node {
  return {
    metadata: {
      name: type,
      labels: {
        ...pool.labels,
        [LABELS.architecture]: architecture,
        [LABELS.operatingSystem]: 'linux',
        [LABELS.hostname]: type,
        ...(pool.spec.capacity.kind === 'ec2' ? { [LABELS.instanceType]: type } : {}),
      },
    },
    spec: { taints: pool.taints },
    status: {
      allocatable: {
        cpu: formatMillicpu(allocatable.millicpu),
        memory: allocatable.memoryBytes,
        'ephemeral-storage': allocatable.ephemeralBytes,
        pods: allocatable.pods,
        ...devices,
      },
    },
  };
}

/** One pod per DaemonSet; what they ask for together is put on the first. */
function daemonPods({ overhead }: Pool, nodeName: string): readonly Pod[] {
  return Array.from({ length: overhead.pods }, (_, index) => {
    const all: ResourceList = { cpu: formatMillicpu(overhead.millicpu), memory: overhead.memoryBytes };
    const requests = index === 0 ? all : {};
    return {
      metadata: { name: `${nodeName}-${overhead.daemons[index]}` },
      spec: { nodeName, containers: [{ name: 'daemon', resources: { requests } }] },
    };
  });
}

/** One node of every kind that the pool can have, named after the kind, with its DaemonSets and nothing else on it. */
export function emptyNodes(pool: Pool): ClusterObjects {
  return {
    nodes: pool.nodes.map((node) => nodeOf(pool, node)),
    pods: pool.nodes.flatMap(({ type }) => daemonPods(pool, type)),
  };
}
