import { LABELS, MAX_GROUP_TAGS } from '../../catalog/labels.ts';
import { TAINTS } from '../../catalog/taints.ts';
import type { Path, PlacedProblem } from '../../core/path.ts';
import type { Environment } from '../environment.ts';
import type { Ec2Capacity, NodePool } from '../node-pool.ts';

/** AWS: a tag key has at most 128 characters, and cluster-autoscaler's prefixes take up to 46 of them. */
const MAX_TAGGED_KEY = 82;

/** Tags of a group that are not labels, taints or devices: discovery, resources, zone, capacity type, options. */
const FIXED_TAGS = 13;

/** Label domains that only their owners may set; the kubelet or Karpenter refuses them (NodeRestriction, KEP-279). */
const KUBELET_ALLOWED =
  /^(?:(?:[-a-z0-9.]+\.)?(?:node|kubelet)\.kubernetes\.io\/|kubernetes\.io\/(?:arch|os)$|topology\.kubernetes\.io\/|node\.kubernetes\.io\/)/;
const KUBERNETES_DOMAIN = /^(?:[-a-z0-9.]+\.)?(?:kubernetes|k8s)\.io\//;
const KARPENTER_DOMAIN = /^(?:[-a-z0-9.]+\.)?karpenter\.(?:sh|k8s\.aws)\//;

/** Whether the pool becomes managed node groups; with Karpenter only system pools do. */
function isNodeGroup({ autoscaler }: Environment, pool: NodePool): boolean {
  return pool.capacity.kind === 'ec2' && (autoscaler.kind !== 'karpenter' || pool.role === 'system');
}

function labelProblems(environment: Environment, pool: NodePool, at: Path): readonly PlacedProblem[] {
  const karpenter = pool.capacity.kind === 'ec2' && !isNodeGroup(environment, pool);
  return Object.keys(pool.labels).flatMap((key): readonly PlacedProblem[] => {
    const refused = karpenter
      ? KARPENTER_DOMAIN.test(key) || key === 'kubernetes.io/hostname'
      : KUBERNETES_DOMAIN.test(key) && !KUBELET_ALLOWED.test(key);
    if (!refused) return [];
    const owner = karpenter ? 'Karpenter sets it itself' : 'a kubelet may not set it on its own node';
    const hint = 'Use a key of your own domain.';
    return [
      { code: 'REF008', at: [...at, 'labels', key], message: `the label "${key}" is not yours: ${owner}.`, hint },
    ];
  });
}

function taintProblems(environment: Environment, pool: NodePool, at: Path): readonly PlacedProblem[] {
  if (!isNodeGroup(environment, pool)) return [];
  const keys = pool.taints.map(({ key }) => key);
  return keys.flatMap((key, index) => {
    if (keys.indexOf(key) === index) return [];
    const message = `a second taint "${key}": the tag of a node group holds one effect for each key.`;
    return [{ code: 'REF008', at: [...at, 'taints', index, 'key'], message, hint: 'Use another key.' }];
  });
}

function tagProblems(environment: Environment, pool: NodePool, at: Path): readonly PlacedProblem[] {
  if (!isNodeGroup(environment, pool)) return [];
  const problems: PlacedProblem[] = [];
  for (const key of [...Object.keys(pool.labels), ...pool.taints.map((taint) => taint.key)]) {
    if (key.length <= MAX_TAGGED_KEY) continue;
    const message = `"${key}" has ${key.length} characters, and a tag has room for ${MAX_TAGGED_KEY} of them.`;
    problems.push({ code: 'REF008', at: [...at, 'labels'], message, hint: 'Use a shorter key.' });
  }
  const devices = pool.sharing.kind === 'mig' ? Object.keys(pool.sharing.layout).length * 2 : 2;
  const count = FIXED_TAGS + Object.keys(pool.labels).length + pool.taints.length + devices + 5;
  if (count > MAX_GROUP_TAGS) {
    const message = `labels, taints and devices make ${count} tags, and an Auto Scaling group takes ${MAX_GROUP_TAGS} of ours.`;
    problems.push({ code: 'REF008', at: [...at, 'labels'], message, hint: 'Use fewer labels.' });
  }
  return problems;
}

function capacityTypeProblems(environment: Environment, capacity: Ec2Capacity, pool: NodePool, at: Path) {
  if (!isNodeGroup(environment, pool) || capacity.capacityTypes.length < 2) return [];
  const message = 'a managed node group is either on-demand or spot.';
  return [{ code: 'REF008', at: [...at, 'capacityTypes'], message, hint: 'Make a pool of each.' }];
}

function budgetProblems(pool: NodePool, at: Path): readonly PlacedProblem[] {
  return pool.disruption.budgets.flatMap(({ nodes, schedule, duration }, index): readonly PlacedProblem[] => {
    const path = [...at, 'disruption', 'budgets', index];
    if (nodes.endsWith('%') && Number(nodes.slice(0, -1)) > 100) {
      return [
        {
          code: 'REF009',
          at: [...path, 'nodes'],
          message: `${nodes} is more than all nodes.`,
          hint: 'Use at most 100%.',
        },
      ];
    }
    if ((schedule === undefined) !== (duration === undefined)) {
      const message = 'schedule and duration say together when the window is open.';
      return [{ code: 'REF008', at: path, message, hint: 'State both or neither.' }];
    }
    if (duration !== undefined && duration % 60 !== 0) {
      const message = 'Karpenter counts the duration of a window in whole minutes.';
      return [{ code: 'REF009', at: [...path, 'duration'], message, hint: 'Round it.' }];
    }
    return [];
  });
}

/** A node group is made per zone, so that a volume's zone can be served; fewer nodes than zones leave some without. */
function zoneProblems(
  environment: Environment,
  pool: NodePool,
  capacity: Ec2Capacity,
  at: Path,
): readonly PlacedProblem[] {
  const zones = capacity.zones?.length ?? environment.cluster.zones.length;
  if (environment.autoscaler.kind !== 'cluster-autoscaler' || pool.role === 'system' || capacity.max >= zones)
    return [];
  const message = `${capacity.max} nodes at most for ${zones} zones, each of which is a node group of its own.`;
  return [{ code: 'REF009', at: [...at, 'max'], message, hint: 'Raise max, or give the pool fewer zones.' }];
}

/** Labels and taint keys that follow from the pool itself. */
const DERIVED_KEYS: readonly string[] = [
  LABELS.nodePool,
  LABELS.gpuPresent,
  LABELS.migConfig,
  LABELS.devicePluginConfig,
  LABELS.eksAccelerator,
  TAINTS.dedicated,
  TAINTS.gpu,
  TAINTS.criticalAddonsOnly,
];

function derivedKeyProblems(pool: NodePool, at: Path): readonly PlacedProblem[] {
  const isDerived = (key: string): boolean => DERIVED_KEYS.includes(key) || key.startsWith(LABELS.migDevicePrefix);
  const problem = (key: string, path: Path): PlacedProblem => ({
    code: 'REF008',
    at: path,
    message: `"${key}" follows from the pool itself.`,
    hint: 'Leave it out.',
  });
  return [
    ...Object.keys(pool.labels).flatMap((key) => (isDerived(key) ? [problem(key, [...at, 'labels', key])] : [])),
    ...pool.taints.flatMap(({ key }, index) => (isDerived(key) ? [problem(key, [...at, 'taints', index, 'key'])] : [])),
  ];
}

/** Karpenter keeps its replicas on different nodes (hostname anti-affinity), and nobody scales the pool it stands on. */
function controllerProblems(environment: Environment): readonly PlacedProblem[] {
  const { autoscaler, nodePools } = environment;
  if (autoscaler.kind !== 'karpenter') return [];
  const system = nodePools.flatMap((pool, index) =>
    pool.role === 'system' && pool.capacity.kind === 'ec2' ? [{ index, min: pool.capacity.min }] : [],
  );
  const [first] = system;
  if (!first) {
    const message = 'Karpenter cannot run on nodes it may remove, and there is no pool of role "system".';
    return [{ code: 'REF008', at: ['nodePools'], message, hint: 'Add one; it becomes a managed node group.' }];
  }
  const nodes = system.reduce((sum, { min }) => sum + min, 0);
  if (nodes >= autoscaler.replicas) return [];
  const message = `${nodes} nodes for ${autoscaler.replicas} replicas of Karpenter, each of which wants its own.`;
  const at = ['nodePools', first.index, 'capacity', 'min'];
  return [{ code: 'REF009', at, message, hint: `Use at least ${autoscaler.replicas}.` }];
}

/** What the rendering of a pool cannot say: REF008 and REF009 of labels, taints, tags, purchase options and budgets. */
export function poolRenderingProblems(environment: Environment): readonly PlacedProblem[] {
  const problems = environment.nodePools.flatMap((pool, index): readonly PlacedProblem[] => {
    const at = ['nodePools', index];
    const { capacity } = pool;
    return [
      ...labelProblems(environment, pool, at),
      ...taintProblems(environment, pool, at),
      ...tagProblems(environment, pool, at),
      ...derivedKeyProblems(pool, at),
      ...budgetProblems(pool, at),
      ...(capacity.kind === 'ec2'
        ? [
            ...capacityTypeProblems(environment, capacity, pool, [...at, 'capacity']),
            ...zoneProblems(environment, pool, capacity, [...at, 'capacity']),
          ]
        : []),
    ];
  });
  return [...problems, ...controllerProblems(environment)];
}
