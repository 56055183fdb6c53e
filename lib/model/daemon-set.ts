import {
  type DaemonRequests,
  EKS_DAEMON_SETS,
  ON_PREMISES_DAEMON_SETS,
  PLATFORM_DAEMON_SETS,
} from '../catalog/daemon-sets.ts';
import { formatBytes, formatMillicpu } from '../core/quantity.ts';
import type { Environment } from './environment.ts';
import type { NodePool } from './node-pool.ts';

/** What all DaemonSets of a node set aside together, before the first session arrives. */
export interface DaemonOverhead {
  readonly millicpu: number;
  readonly memoryBytes: number;
  readonly pods: number;
  /** The DaemonSets that were counted, by name. */
  readonly daemons: readonly string[];
}

function ownDaemons(environment: Environment, pool: NodePool): readonly DaemonRequests[] {
  return environment.daemonSets
    .filter((daemon) => daemon.pools === undefined || daemon.pools.includes(pool.name))
    .map((daemon) => ({
      name: daemon.name,
      millicpu: daemon.cpu,
      memoryBytes: daemon.memory,
      source: 'the environment',
    }));
}

function operatorDaemons({ gpuSoftware }: Environment, pool: NodePool): readonly DaemonRequests[] {
  if (gpuSoftware.kind !== 'gpu-operator') return [];
  const daemons = PLATFORM_DAEMON_SETS;
  return [
    daemons.nodeFeatureDiscovery,
    daemons.gpuFeatureDiscovery,
    daemons.operatorValidator,
    ...(pool.sharing.kind === 'mig' ? [daemons.migManager] : []),
    ...(gpuSoftware.driver === 'operator' ? [daemons.driver, daemons.containerToolkit] : []),
  ];
}

function platformDaemons(environment: Environment, pool: NodePool, hasGpu: boolean): readonly DaemonRequests[] {
  const daemons = PLATFORM_DAEMON_SETS;
  const sessions = environment.sessionProfiles.some((profile) => profile.pool === pool.name);
  return [
    daemons.nodeExporter,
    ...(environment.monitoring.logs.kind === 'none' ? [] : [daemons.fluentBit]),
    ...(environment.autoscaler.kind === 'cluster-autoscaler' ? [daemons.nodeTerminationHandler] : []),
    ...(hasGpu ? [daemons.dcgmExporter, daemons.devicePlugin] : []),
    ...(hasGpu ? operatorDaemons(environment, pool) : []),
    ...(sessions ? [daemons.imagePrePull] : []),
  ];
}

/** DaemonSet overhead of one node of the pool: the cluster's, the platform's, and those the environment adds. */
export function daemonOverhead(environment: Environment, pool: NodePool, hasGpu: boolean): DaemonOverhead {
  const cluster = environment.cluster.kind === 'eks' ? EKS_DAEMON_SETS : ON_PREMISES_DAEMON_SETS;
  const daemons = [...cluster, ...platformDaemons(environment, pool, hasGpu), ...ownDaemons(environment, pool)];
  return {
    millicpu: daemons.reduce((sum, daemon) => sum + daemon.millicpu, 0),
    memoryBytes: daemons.reduce((sum, daemon) => sum + daemon.memoryBytes, 0),
    pods: daemons.length,
    daemons: daemons.map((daemon) => daemon.name),
  };
}

/** Resource requests of a DaemonSet's pod, as Helm values say them: what node arithmetic has counted, no more and no less. */
export function daemonRequests(daemon: DaemonRequests): { readonly cpu: string; readonly memory: string } {
  return { cpu: formatMillicpu(daemon.millicpu), memory: formatBytes(daemon.memoryBytes) };
}
