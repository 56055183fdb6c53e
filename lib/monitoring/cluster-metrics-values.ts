import { PLATFORM_DAEMON_SETS } from '../catalog/daemon-sets.ts';
import { LABELS } from '../catalog/labels.ts';
import { daemonRequests } from '../model/daemon-set.ts';
import type { Platform } from '../model/platform.ts';
import {
  type ControllerPlacement,
  controllerPlacement,
  type DaemonPlacement,
  everyNodePlacement,
} from './placement.ts';
import { NODE_LABEL, type Relabeling } from './relabeling.ts';
import type { Resources } from './resources.ts';

/** `prometheus-node-exporter` of kube-prometheus-stack (chart 4.56). */
export interface NodeExporterValues extends DaemonPlacement {
  readonly resources: Resources;
  readonly prometheus: { readonly monitor: { readonly relabelings: readonly Relabeling[] } };
}

/** `kube-state-metrics` of kube-prometheus-stack (chart 8.4). */
export interface KubeStateMetricsValues extends ControllerPlacement {
  readonly resources: Resources;
  /** `--metric-labels-allowlist`: labels that become `kube_<kind>_labels`; without it these series carry none. */
  readonly metricLabelsAllowlist: readonly string[];
}

/** Labels by which usage is told apart: whose namespace, which profile, which pool and kind of node. */
const ALLOWED_LABELS: Readonly<Record<string, readonly string[]>> = {
  pods: [LABELS.sessionProfile, LABELS.workload, LABELS.reservation],
  namespaces: [LABELS.tenant, LABELS.tier, LABELS.gpuAccess],
  nodes: [
    LABELS.nodePool,
    LABELS.instanceType,
    LABELS.zone,
    LABELS.karpenterCapacityType,
    LABELS.eksCapacityType,
    LABELS.gpuPresent,
  ],
};

/** Node metrics of every node, a DaemonSet as small as node arithmetic says. */
export function nodeExporterValues(platform: Platform): NodeExporterValues {
  return {
    ...everyNodePlacement(platform),
    resources: { requests: daemonRequests(PLATFORM_DAEMON_SETS.nodeExporter), limits: { memory: '128Mi' } },
    prometheus: { monitor: { relabelings: [NODE_LABEL] } },
  };
}

/** State of objects as metrics, with the labels that Atelier's own rules and dashboards group by. */
export function kubeStateMetricsValues(platform: Platform): KubeStateMetricsValues {
  return {
    ...controllerPlacement(platform),
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
    metricLabelsAllowlist: Object.entries(ALLOWED_LABELS).map(([kind, labels]) => `${kind}=[${labels.join(',')}]`),
  };
}
