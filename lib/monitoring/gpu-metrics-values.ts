import { createHash } from 'node:crypto';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { PLATFORM_DAEMON_SETS } from '../catalog/daemon-sets.ts';
import { DCGM_METRICS } from '../catalog/dcgm-metrics.ts';
import { LABELS } from '../catalog/labels.ts';
import { GPU_RESOURCE, MIG_RESOURCE_PREFIX } from '../catalog/resource-names.ts';
import { formatGoDuration } from '../core/duration.ts';
import { daemonRequests } from '../model/daemon-set.ts';
import { daemonTolerations, gpuPools, type Platform } from '../model/platform.ts';
import { infrastructureClass } from '../model/priority-ladder.ts';
import type { Toleration } from '../model/taint.ts';
import { renderCounters } from './dcgm-counters.ts';
import { NODE_LABEL, type Relabeling } from './relabeling.ts';
import type { Resources } from './resources.ts';

interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
}

/**
 * Values of the chart dcgm-exporter 4.8.3. The container keeps the chart's CAP_SYS_ADMIN also without profiling metrics:
 * nodes that do not trust `NVIDIA_VISIBLE_DEVICES` of ordinary containers show GPUs only to those that have it.
 */
export interface GpuMetricsValues {
  /** The counter file; replaces the default one. */
  readonly customMetrics: string;
  /** The exporter reads the file once, and the chart mounts it in a way that never updates. */
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly extraEnv: readonly EnvironmentVariable[];
  readonly hostPID: boolean;
  readonly kubernetes: { readonly enablePodUID: boolean };
  readonly kubernetesDRA: { readonly enabled: false };
  /** Left out where NVIDIA's runtime is the nodes' default. */
  readonly runtimeClassName?: string;
  /** @default system-node-critical */
  readonly priorityClassName?: string;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly resources: Resources;
  readonly serviceMonitor: {
    readonly enabled: true;
    readonly interval: string;
    readonly scrapeTimeout: string;
    readonly honorLabels: false;
    readonly relabelings: readonly Relabeling[];
  };
}

/** RuntimeClass that the GPU operator makes for its own exporter too (gpu-operator values, `operator.runtimeClass`). */
const OPERATOR_RUNTIME_CLASS = 'nvidia';

/** Longest a scrape may take, in seconds; the operator of Prometheus refuses more than the interval. */
const SCRAPE_TIMEOUT = 25;

/** Device names that the exporter does not know by itself: it attributes `nvidia.com/gpu` and `nvidia.com/mig-*` only. */
function renamedResources(platform: Platform): readonly string[] {
  return platform.deviceResources.filter(
    (resource) => resource !== GPU_RESOURCE && !resource.startsWith(MIG_RESOURCE_PREFIX),
  );
}

/**
 * Where pods share a GPU, every pod gets a series of its own, with its own use of the GPU and its memory. Per-pod values
 * need all three: the mode, the host's process ids, and pod UIDs to find the pod of a process; where one is missing the
 * exporter reports 0 for each pod instead of nothing, and every session looks idle
 * (internal/pkg/transformation/kubernetes.go createPerProcessMetrics, pidmapper.go).
 */
function sharing(platform: Platform): Pick<GpuMetricsValues, 'hostPID' | 'kubernetes'> & {
  readonly env: readonly EnvironmentVariable[];
} {
  const shared = gpuPools(platform).some((pool) => pool.spec.sharing.kind === 'time-slicing');
  const renamed = renamedResources(platform);
  return {
    hostPID: shared,
    kubernetes: { enablePodUID: shared },
    env: [
      ...(shared ? [{ name: 'KUBERNETES_VIRTUAL_GPUS', value: 'true' }] : []),
      ...(renamed.length > 0 ? [{ name: 'NVIDIA_RESOURCE_NAMES', value: renamed.join(',') }] : []),
    ],
  };
}

/** GPU metrics of every GPU node, collected exactly as often as they are scraped. */
export function gpuMetricsValues(platform: Platform): GpuMetricsValues {
  const { monitoring, gpuSoftware, priorities } = platform.environment;
  const interval = Math.max(1, monitoring.gpuInterval);
  const { env, ...shared } = sharing(platform);
  const priorityClassName = infrastructureClass(priorities);
  const counters = renderCounters(DCGM_METRICS.filter((metric) => monitoring.profiling || !metric.profiling));
  return {
    customMetrics: counters,
    podAnnotations: { [ANNOTATIONS.configChecksum]: createHash('sha256').update(counters).digest('hex') },
    extraEnv: [{ name: 'DCGM_EXPORTER_INTERVAL', value: String(interval * 1000) }, ...env],
    ...shared,
    kubernetesDRA: { enabled: false },
    ...(gpuSoftware.kind === 'gpu-operator' ? { runtimeClassName: OPERATOR_RUNTIME_CLASS } : {}),
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    nodeSelector: { [LABELS.gpuPresent]: 'true' },
    tolerations: daemonTolerations(platform, gpuPools(platform)),
    resources: {
      requests: daemonRequests(PLATFORM_DAEMON_SETS.dcgmExporter),
      limits: { cpu: '500m', memory: '512Mi' },
    },
    serviceMonitor: {
      enabled: true,
      interval: formatGoDuration(interval),
      scrapeTimeout: formatGoDuration(Math.min(SCRAPE_TIMEOUT, interval)),
      // With true, a GPU that nobody uses would get the exporter's own pod as its user.
      honorLabels: false,
      relabelings: [NODE_LABEL],
    },
  };
}
