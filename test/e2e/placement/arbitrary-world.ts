import fc from 'fast-check';
import { LABELS } from '../../../lib/catalog/labels.ts';
import { NODE_TAINTS } from '../../../lib/catalog/taints.ts';
import type { Labels } from '../../../lib/core/label-selector.ts';
import type { DisruptionBudget } from '../../../lib/scheduling/disruption-budget.ts';
import type { Node, NodeTaint } from '../../../lib/scheduling/node.ts';
import type { Pod, PodSpec } from '../../../lib/scheduling/pod.ts';
import type { ClusterObjects } from '../../../lib/scheduling/snapshot.ts';
import {
  arbitraryAffinityTerm,
  arbitraryNodeTerm,
  arbitraryPodLabels,
  arbitrarySpread,
  arbitraryToleration,
} from './arbitrary-constraints.ts';
import { arbitraryContainers } from './arbitrary-containers.ts';
import { defined, GPU, NAMESPACES, NODE_NAMES, PRIORITY_CLASSES, RUNTIME_CLASS, sometimes } from './names.ts';
import { CLAIMS, PERSISTENT_VOLUMES, SETTLED_CLAIMS, STORAGE_CLASSES, WAITING_CLAIMS } from './volumes.ts';

/** A cluster, and pods that are to be placed there one after the other, each alone. */
export interface World {
  readonly nodes: readonly Node[];
  readonly placed: readonly Pod[];
  readonly budgets: readonly DisruptionBudget[];
  readonly asked: readonly Pod[];
}

/** Everything that is in the cluster of a world, what all worlds share included. */
export function objectsOf({ nodes, placed, budgets }: World): ClusterObjects {
  return {
    nodes,
    pods: placed,
    namespaces: NAMESPACES,
    priorityClasses: PRIORITY_CLASSES,
    persistentVolumes: PERSISTENT_VOLUMES,
    persistentVolumeClaims: CLAIMS,
    storageClasses: STORAGE_CLASSES,
    disruptionBudgets: budgets,
  };
}

const pick = fc.constantFrom;
const list = <T>(arbitrary: fc.Arbitrary<T>, maxLength: number) => fc.array(arbitrary, { minLength: 1, maxLength });

const arbitraryTaint: fc.Arbitrary<NodeTaint> = fc
  .record({
    key: pick('dedicated', 'gpu', 'gpu', NODE_TAINTS.notReady),
    value: pick('a', 'b', undefined),
    effect: pick('NoSchedule' as const, 'NoExecute' as const, 'PreferNoSchedule' as const),
  })
  .map(defined);

const arbitraryNode = (name: string): fc.Arbitrary<Node> =>
  fc
    .record({
      zone: pick('a', 'a', 'b', 'b', undefined),
      disk: pick('ssd', 'hdd', undefined),
      generation: pick('1', '2', '3', 'old', undefined),
      hostname: pick(name, name, name, name, undefined),
      unschedulable: sometimes(fc.constant(true), 14),
      taints: fc.uniqueArray(arbitraryTaint, { maxLength: 2, selector: ({ key, effect }) => `${key} ${effect}` }),
      tainted: pick(true, false, false, false),
      cpu: pick('2', '4000m', '16', '64'),
      memory: pick('4Gi', '8192Mi', '64G', '0.25Ti'),
      pods: pick(1, 3, 10, 10, 10, 10),
      storage: pick('4Gi', '20Gi', '20Gi', undefined),
      gpu: pick(undefined, 1, 4, 4),
      pages: pick(undefined, '128Mi', '1Gi'),
    })
    .map(({ zone, disk, generation, hostname, unschedulable, taints, tainted, ...amounts }) => {
      const { cpu, memory, pods, storage, gpu, pages } = amounts;
      const labels = { [LABELS.zone]: zone, disk, generation, [LABELS.hostname]: hostname };
      const allocatable = { cpu, memory, pods, 'ephemeral-storage': storage, [GPU]: gpu, 'hugepages-2Mi': pages };
      return {
        metadata: { name, labels: defined(labels) as Labels },
        spec: defined({ unschedulable, taints: tainted ? taints : undefined }),
        status: { allocatable: defined(allocatable) as Record<string, string | number> },
      };
    });

/** A pod that is on a node already; it may be far too large for it. */
const arbitraryPlacedSpec: fc.Arbitrary<PodSpec> = fc
  .record({
    base: arbitraryContainers,
    anti: sometimes(arbitraryAffinityTerm, 4),
    priorityClassName: pick('case-low', 'case-low', 'case-patient', 'case-high', undefined),
    exclusive: sometimes(fc.constant(true), 10),
  })
  .map(({ base, anti, priorityClassName, exclusive }) =>
    defined({
      ...base,
      priorityClassName,
      affinity: anti && { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [anti] } },
      volumes: exclusive && [{ name: 'data', persistentVolumeClaim: { claimName: 'exclusive' } }],
    }),
  );

const required = <T>(terms: readonly T[] | undefined) =>
  terms && { requiredDuringSchedulingIgnoredDuringExecution: terms };

/** A pod to be placed. Every kind of constraint is rare enough that no single one decides most cases. */
const arbitraryPod = (claims: readonly string[], withClaims: number): fc.Arbitrary<Pod> =>
  fc
    .record({
      labels: arbitraryPodLabels,
      namespace: pick('case-a', 'case-a', 'case-b'),
      base: arbitraryContainers,
      tolerations: fc.array(arbitraryToleration, { maxLength: 3 }),
      nodeSelector: sometimes(
        pick<Labels>({ disk: 'ssd' }, { [LABELS.zone]: 'a' }, { disk: 'hdd', [LABELS.zone]: 'b' }),
        6,
      ),
      nodeTerms: sometimes(list(arbitraryNodeTerm, 2), 5),
      affinity: sometimes(list(arbitraryAffinityTerm, 2), 6),
      anti: sometimes(list(arbitraryAffinityTerm, 2), 6),
      spreads: sometimes(
        fc.uniqueArray(arbitrarySpread, { minLength: 1, maxLength: 2, selector: ({ topologyKey }) => topologyKey }),
        4,
      ),
      claims: sometimes(fc.subarray([...claims], { minLength: 1, maxLength: 2 }), withClaims),
      overhead: sometimes(fc.constant(RUNTIME_CLASS.overhead), 8),
      priorityClassName: pick('case-low', 'case-patient', 'case-high', 'case-high', undefined),
    })
    .map(({ labels, namespace, base, nodeTerms, affinity, anti, spreads, claims: used, ...spec }) => {
      const nodeSelectorTerms = nodeTerms && { nodeSelectorTerms: nodeTerms };
      const affinities = defined({
        nodeAffinity: nodeSelectorTerms && { requiredDuringSchedulingIgnoredDuringExecution: nodeSelectorTerms },
        podAffinity: required(affinity),
        podAntiAffinity: required(anti),
      });
      const waits = used?.some((name) => WAITING_CLAIMS.includes(name));
      return {
        metadata: { name: 'asked', namespace, labels },
        spec: defined({
          ...base,
          ...spec,
          affinity: affinities,
          topologySpreadConstraints: spreads,
          volumes: used?.map((claimName, index) => ({ name: `data-${index}`, persistentVolumeClaim: { claimName } })),
          // Whoever waits for a volume is never bound here, so nobody makes room for it.
          ...(waits ? { priorityClassName: 'case-patient' } : {}),
        }),
      };
    });

const STARTED = Date.UTC(2026, 0, 1);

/** Every pod has a start time of its own, since the scheduler prefers to end the newest. */
function placedPod(spec: PodSpec, labels: Labels, namespace: string, nodeName: string, index: number): Pod {
  return {
    metadata: { name: `placed-${index}`, namespace, labels },
    spec: { ...spec, nodeName },
    status: {
      phase: index === 7 ? 'Succeeded' : 'Running',
      startTime: new Date(STARTED + index * 60_000).toISOString(),
    },
  };
}

/** A cluster of up to six nodes with up to nine pods, and the pods asked about; the last may claim new volumes. */
export const arbitraryWorld = (pods: number): fc.Arbitrary<World> =>
  pick(1, 3, 4, 5, 6, 6).chain((nodeCount) => {
    const names = NODE_NAMES.slice(0, nodeCount);
    const arbitraryPlaced = fc.record({
      spec: arbitraryPlacedSpec,
      labels: arbitraryPodLabels,
      namespace: pick('case-a', 'case-b'),
      node: pick(...names),
    });
    return fc
      .record({
        nodes: fc.tuple(...names.map(arbitraryNode)),
        placed: fc.array(arbitraryPlaced, { maxLength: 9, size: 'max' }),
        budget: sometimes(fc.record({ app: pick('web', 'db'), allowed: pick(0, 1) }), 3),
        asked: fc.array(arbitraryPod(SETTLED_CLAIMS, 6), { minLength: pods - 1, maxLength: pods - 1 }),
        last: arbitraryPod(WAITING_CLAIMS, 2),
      })
      .map(({ nodes, placed, budget, asked, last }) => ({
        nodes,
        placed: placed.map(({ spec, labels, namespace, node }, index) =>
          placedPod(spec, labels, namespace, node, index),
        ),
        budgets: budget
          ? [
              {
                metadata: { name: 'spared', namespace: 'case-a' },
                spec: { selector: { matchLabels: { app: budget.app } } },
                status: { disruptionsAllowed: budget.allowed },
              },
            ]
          : [],
        asked: [...asked, last],
      }));
  });
