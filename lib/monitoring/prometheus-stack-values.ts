import type { Platform } from '../model/platform.ts';
import {
  type KubeStateMetricsValues,
  kubeStateMetricsValues,
  type NodeExporterValues,
  nodeExporterValues,
} from './cluster-metrics-values.ts';
import { type GrafanaValues, grafanaValues } from './grafana-values.ts';
import { type ControllerPlacement, controllerPlacement } from './placement.ts';
import {
  type AlertmanagerValues,
  alertmanagerValues,
  type PrometheusValues,
  prometheusValues,
} from './prometheus-values.ts';
import type { Resources } from './resources.ts';

/** A part of the control plane: whether it is scraped; its alerts come and go with it. */
interface Scraped {
  readonly enabled: boolean;
}

/** Values of the chart kube-prometheus-stack 88.5.3. */
export interface PrometheusStackValues {
  readonly prometheus: PrometheusValues;
  readonly alertmanager: AlertmanagerValues;
  readonly grafana: GrafanaValues;
  readonly prometheusOperator: ControllerPlacement & {
    readonly resources: Resources;
    /** Jobs that make the webhook's certificate before and after each installation. */
    readonly admissionWebhooks: { readonly patch: ControllerPlacement };
  };
  readonly 'kube-state-metrics': KubeStateMetricsValues;
  readonly 'prometheus-node-exporter': NodeExporterValues;
  readonly kubeEtcd: Scraped;
  readonly kubeControllerManager: Scraped;
  readonly kubeScheduler: Scraped;
  readonly kubeProxy: Scraped;
}

/** Prometheus, Alertmanager, Grafana and the exporters of cluster and nodes. */
export function prometheusStackValues(platform: Platform): PrometheusStackValues {
  const { cluster, monitoring } = platform.environment;
  const placement = controllerPlacement(platform);
  // EKS runs the control plane out of reach, and its kube-proxy serves metrics on the node's loopback only; so does all
  // of kubeadm's. Scraped anyway, each would be a target that is always down and an alert that never ends.
  const controlPlane = { enabled: cluster.kind !== 'eks' && monitoring.controlPlane };
  return {
    prometheus: prometheusValues(platform),
    alertmanager: alertmanagerValues(platform),
    grafana: grafanaValues(platform),
    prometheusOperator: {
      ...placement,
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      admissionWebhooks: { patch: placement },
    },
    'kube-state-metrics': kubeStateMetricsValues(platform),
    'prometheus-node-exporter': nodeExporterValues(platform),
    kubeEtcd: controlPlane,
    kubeControllerManager: controlPlane,
    kubeScheduler: controlPlane,
    kubeProxy: controlPlane,
  };
}
