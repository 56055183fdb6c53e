import { gpuModel, gpuModelNames } from '../../catalog/gpus.ts';
import { findInstanceType, type InstanceType, instanceTypeNames } from '../../catalog/instance-types.ts';
import type { Path, PlacedProblem } from '../../core/path.ts';
import type { Environment } from '../environment.ts';
import type { Ec2Capacity, NodePool } from '../node-pool.ts';
import { gpuModelOf } from '../pool.ts';
import { unknownReference } from './unknown-reference.ts';

function typeProblems(capacity: Ec2Capacity, at: Path): readonly PlacedProblem[] {
  return capacity.instanceTypes.flatMap((name, index) =>
    findInstanceType(name)
      ? []
      : [
          unknownReference(
            'REF007',
            [...at, 'instanceTypes', index],
            'EC2 instance type of the catalogue',
            name,
            instanceTypeNames(),
          ),
        ],
  );
}

/** What the types of one group must share; `shape` also holds size, which cluster-autoscaler takes from the first. */
function differing(types: readonly InstanceType[], sameSize: boolean): string | undefined {
  const distinct = (of: (type: InstanceType) => unknown): boolean => new Set(types.map(of)).size > 1;
  if (distinct((type) => type.architecture)) return 'architecture';
  if (distinct((type) => type.gpu?.model)) return 'GPU model';
  if (!sameSize) return undefined;
  if (distinct((type) => type.vcpu)) return 'number of CPUs';
  if (distinct((type) => type.memoryMiB)) return 'memory';
  return distinct((type) => type.gpu?.count) ? 'number of GPUs' : undefined;
}

function mixProblems(
  environment: Environment,
  pool: NodePool,
  capacity: Ec2Capacity,
  at: Path,
): readonly PlacedProblem[] {
  const types = capacity.instanceTypes.flatMap((name) => findInstanceType(name) ?? []);
  const group = environment.autoscaler.kind !== 'karpenter' || pool.role === 'system';
  const difference = differing(types, group);
  if (!difference) return [];
  const why = group ? ' A node group is planned from its first type alone.' : ' A pool promises one kind of device.';
  return [
    {
      code: 'REF007',
      at: [...at, 'instanceTypes'],
      message: `${capacity.instanceTypes.join(', ')} differ in ${difference}.${why}`,
      hint: 'Make a pool of each.',
    },
  ];
}

function ec2Problems(
  environment: Environment,
  pool: NodePool,
  capacity: Ec2Capacity,
  at: Path,
): readonly PlacedProblem[] {
  const problems: PlacedProblem[] = [...typeProblems(capacity, at), ...mixProblems(environment, pool, capacity, at)];
  const { cluster, autoscaler } = environment;
  if (cluster.kind !== 'eks') {
    problems.push({
      code: 'REF008',
      at,
      message: 'EC2 capacity needs a cluster of kind eks.',
      hint: 'Use kind "static".',
    });
  }
  capacity.zones?.forEach((zone, index) => {
    if (cluster.zones.includes(zone)) return;
    problems.push(unknownReference('REF008', [...at, 'zones', index], 'zone of the cluster', zone, cluster.zones));
  });
  if (capacity.min > capacity.max) {
    const message = `${capacity.min} nodes at least is more than ${capacity.max} at most.`;
    problems.push({ code: 'REF009', at: [...at, 'min'], message, hint: 'Lower min or raise max.' });
  }
  if (autoscaler.kind === 'karpenter' && pool.role !== 'system' && capacity.min > 0) {
    problems.push({
      code: 'REF008',
      at: [...at, 'min'],
      message: 'Karpenter keeps no minimum of nodes; it launches what pods need.',
      hint: 'Leave min out.',
    });
  }
  return problems;
}

function sharingProblems(pool: NodePool, at: Path): readonly PlacedProblem[] {
  const { sharing } = pool;
  if (sharing.kind === 'exclusive') return [];
  const path = [...at, 'sharing'];
  if (gpuModelOf(pool) === undefined) {
    return [
      { code: 'REF008', at: path, message: 'there is no GPU to share in this pool.', hint: 'Leave sharing out.' },
    ];
  }
  if (pool.largeTraining) {
    const message = 'a pool for large training gives out whole GPUs only.';
    return [{ code: 'REF008', at: path, message, hint: 'Leave sharing or largeTraining out.' }];
  }
  if (sharing.kind === 'mig' && Object.keys(sharing.layout).length === 0) {
    return [
      { code: 'REF008', at: [...path, 'layout'], message: 'names no MIG profile.', hint: 'For example {"1g.5gb": 7}.' },
    ];
  }
  if (sharing.kind === 'mig' && sharing.strategy === 'single' && Object.keys(sharing.layout).length !== 1) {
    const message = 'strategy single takes exactly one MIG profile, because all devices get one name.';
    return [{ code: 'REF008', at: [...path, 'layout'], message, hint: 'Use strategy "mixed".' }];
  }
  return [];
}

function poolProblems(environment: Environment, pool: NodePool, at: Path): readonly PlacedProblem[] {
  const { capacity } = pool;
  const problems: PlacedProblem[] = [...sharingProblems(pool, at)];
  if (capacity.kind === 'ec2') problems.push(...ec2Problems(environment, pool, capacity, [...at, 'capacity']));
  const model = capacity.kind === 'static' ? capacity.machine.gpu?.model : undefined;
  if (model !== undefined && !gpuModel(model)) {
    const path = [...at, 'capacity', 'machine', 'gpu', 'model'];
    problems.push(unknownReference('REF007', path, 'GPU model of the catalogue', model, gpuModelNames));
  }
  if (pool.role !== 'dedicated' && gpuModelOf(pool) !== undefined) {
    problems.push({
      code: 'REF008',
      at: [...at, 'role'],
      message: `a pool with GPUs cannot be ${pool.role}: pods without a GPU would keep its nodes up.`,
      hint: 'Use role "dedicated".',
    });
  }
  return problems;
}

/** REF008: settings of the GPU operator that hold for the whole cluster, and pools that disagree about them. */
function clusterWideProblems(environment: Environment): readonly PlacedProblem[] {
  const strategies = environment.nodePools.flatMap(({ sharing }, index) =>
    sharing.kind === 'mig' ? [{ strategy: sharing.strategy, index }] : [],
  );
  const [first, ...others] = strategies;
  const different = others.find(({ strategy }) => strategy !== first?.strategy);
  const problems: PlacedProblem[] = [];
  if (first && different) {
    problems.push({
      code: 'REF008',
      at: ['nodePools', different.index, 'sharing', 'strategy'],
      message: `"${different.strategy}" beside "${first.strategy}" of another pool: the strategy holds for the whole cluster.`,
      hint: 'Give all MIG pools one strategy.',
    });
  }
  if (first && environment.gpuSoftware.kind === 'device-plugin') {
    problems.push({
      code: 'REF008',
      at: ['gpuSoftware', 'kind'],
      message: 'the device plugin alone does not partition GPUs, and a pool asks for MIG.',
      hint: 'Use kind "gpu-operator".',
    });
  }
  const machines = new Map<string, number>();
  environment.nodePools.forEach(({ capacity }, index) => {
    if (capacity.kind !== 'static') return;
    capacity.nodes.forEach((node, position) => {
      if (!machines.has(node)) machines.set(node, index);
      else {
        const at = ['nodePools', index, 'capacity', 'nodes', position];
        problems.push({ code: 'REF001', at, message: `node "${node}" stands twice.`, hint: 'A node has one pool.' });
      }
    });
  });
  return problems;
}

/** Pools: unknown types and models (REF007), settings that exclude each other (REF008), limits (REF009). */
export function nodePoolProblems(environment: Environment): readonly PlacedProblem[] {
  return [
    ...environment.nodePools.flatMap((pool, index) => poolProblems(environment, pool, ['nodePools', index])),
    ...clusterWideProblems(environment),
  ];
}
