import type { Path } from '../core/path.ts';
import { MiB } from '../core/quantity.ts';
import type { Environment } from './environment.ts';
import { gpuResourceName } from './gpu-devices.ts';
import type { PodDemand } from './pod-demand.ts';
import type { Pool } from './pool.ts';
import { defaultStep } from './profile.ts';
import type { SparkChoice } from './spark.ts';

/** A driver or an executor, with what follows from its pool. */
export interface SparkPod extends PodDemand {
  /** Whether an autoscaler may remove its node. */
  readonly elastic: boolean;
  /** The parts of the pod's memory, in MiB. */
  readonly heapMiB: number;
  readonly overheadMiB: number;
}

/** Spark with everything that follows from it. */
export interface Spark {
  readonly choice: SparkChoice;
  readonly driver: SparkPod;
  readonly executor: SparkPod;
}

/** Share of the heap that Python and R take beside it (Spark, NON_JVM_MEMORY_OVERHEAD_FACTOR). */
const OVERHEAD_FACTOR = 0.4;
/** Least overhead of a pod (Spark, ResourceProfile.MEMORY_OVERHEAD_MIN_MIB). */
const LEAST_OVERHEAD_MIB = 384;

interface Size {
  readonly cpu: number;
  readonly memory: number;
  readonly priorityClass?: string | undefined;
  readonly gpu?: { readonly count: number } | undefined;
}

function sparkPod(environment: Environment, size: Size, pool: Pool, at: Path): SparkPod {
  const totalMiB = Math.floor(size.memory / MiB);
  const heapMiB = Math.min(Math.floor(totalMiB / (1 + OVERHEAD_FACTOR)), totalMiB - LEAST_OVERHEAD_MIB);
  return {
    at,
    pool: pool.name,
    millicpu: size.cpu,
    memoryBytes: totalMiB * MiB,
    ...(size.gpu ? { gpu: { resource: gpuResourceName(pool.spec.sharing, undefined), count: size.gpu.count } } : {}),
    selectors: [pool.constraint],
    tolerations: pool.tolerations,
    priorityClass: size.priorityClass ?? defaultStep(environment.priorities)?.name ?? '',
    elastic: pool.elastic,
    heapMiB,
    overheadMiB: totalMiB - heapMiB,
  };
}

/** Everything that follows from the environment's Spark. `undefined` without it; its pools must exist. */
export function deriveSpark(environment: Environment, pools: readonly Pool[]): Spark | undefined {
  const { spark: choice } = environment;
  const driverPool = pools.find(({ name }) => name === choice?.driver.pool);
  const executorPool = pools.find(({ name }) => name === choice?.executors.pool);
  if (!choice || !driverPool || !executorPool) return undefined;
  return {
    choice,
    driver: sparkPod(environment, choice.driver, driverPool, ['spark', 'driver']),
    executor: sparkPod(environment, choice.executors, executorPool, ['spark', 'executors']),
  };
}
