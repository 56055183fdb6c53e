import { describeBytes, formatMillicpu } from '../core/quantity.ts';
import { count, list } from '../core/words.ts';
import { roomOfNode, type Unplaced, unplacedControllers } from './reading/controller-placement.ts';
import { controllerDemands } from './reading/controller-pods.ts';
import { type PlatformHome, platformHomes } from './reading/platform-home.ts';
import { replicasApart } from './replicas-apart.ts';
import type { Rule } from './rule.ts';

const size = (millicpu: number, memoryBytes: number): string =>
  `${formatMillicpu(millicpu)} CPU and ${describeBytes(memoryBytes)}`;

function describeHome({ pool, most }: PlatformHome): string {
  const { millicpu, memoryBytes } = roomOfNode(pool);
  return `${count(most, 'node')} of ${pool.name} with ${size(millicpu, memoryBytes)} each beside DaemonSets`;
}

const describeUnplaced = ({ name, missing, replicas, millicpu, memoryBytes }: Unplaced): string =>
  `${name} (${missing} of ${replicas}, ${size(millicpu, memoryBytes)})`;

export const placeForControllers: Rule = {
  id: 'NODE014',
  title: 'Controllers and servers of the platform find room on its nodes',
  severity: 'warning',
  protectsFrom:
    'a Workbench server, Prometheus or controller that stays Pending for ever, because its pool may not grow',
  because:
    'Pods are placed in the order in which they are installed, each on the emptiest node, and nothing moves them afterwards to make room. Workbench comes late and is large. With Karpenter nobody scales the system pool; with cluster-autoscaler it grows to its maximum and no further.',
  source:
    'Kubernetes 1.36 pkg/scheduler NodeResourcesFit; requests as the charts render them (lib/catalog/controller-pods.ts)',
  example: {
    of: 'environment',
    breaks: 'workbench: { resources: { cpu: 8, memory: 8Gi } }',
    mended: 'workbench: { resources: { cpu: 4, memory: 8Gi } }',
  },
  check: (bundle) => {
    const homes = platformHomes(bundle.platform).filter(({ pool }) => pool.nodes.length > 0);
    // Replicas that never share a node want as many nodes first, which is said there.
    if (homes.length === 0 || replicasApart.check(bundle).length > 0) return [];
    const unplaced = unplacedControllers(homes, controllerDemands(bundle));
    if (unplaced.length === 0) return [];
    const [home] = homes;
    return [
      {
        at: home && homes.length === 1 ? home.pool.at : ['nodePools'],
        message: `${list(homes.map(describeHome))} have no room for ${list(unplaced.map(describeUnplaced))}.`,
        hint: 'Allow more nodes (with Karpenter "min", else "max"), use larger ones, or let the server ask for less.',
      },
    ];
  },
};
