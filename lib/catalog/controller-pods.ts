import { CHARTS } from './charts.ts';
import type { EksAddOnName } from './eks-add-ons.ts';

/** What the pods of one Deployment or StatefulSet ask for, that a chart or an add-on makes. */
export interface ControllerPods {
  /** The workload, as it is called where the release has the name that Atelier gives it. */
  readonly name: string;
  /** How many there are: values path, and the chart's own number. */
  readonly replicas: { readonly path?: string; readonly otherwise: number };
  /** What one pod requests: values path of the main container's requests, and what all containers ask for without it. */
  readonly requests: { readonly path?: string; readonly cpu: string; readonly memory: string };
  /**
   * How replicas share nodes: `never`, by a required anti-affinity on host names; `evenly`, by a spread constraint with a
   * skew of 1. @default as there is room
   */
  readonly sharing?: 'never' | 'evenly';
}

const kyverno = (component: string, requests: ControllerPods['requests']): ControllerPods => ({
  name: `kyverno-${component}-controller`,
  replicas: { path: `${component}Controller.replicas`, otherwise: 1 },
  requests,
});

const kyvernoBeside = (component: string): ControllerPods =>
  kyverno(component, { path: `${component}Controller.resources.requests`, cpu: '100m', memory: '64Mi' });

const prometheusStack = (name: string, at: string, scaled = true): ControllerPods => ({
  name,
  replicas: { ...(scaled ? { path: `${at}.replicas` } : {}), otherwise: 1 },
  requests: { path: `${at}.resources.requests`, cpu: '0', memory: '0' },
});

const nodeFeatureDiscovery = (part: string, cpu: string): ControllerPods => ({
  name: `node-feature-discovery-${part}`,
  replicas: { otherwise: 1 },
  requests: { path: `node-feature-discovery.${part}.resources.requests`, cpu, memory: '128Mi' },
});

/**
 * What charts run beside their DaemonSets, by the chart's name: read off what the real charts render at the pinned versions
 * (templates of their Deployments; of Prometheus and Alertmanager what prometheus-operator 0.93 makes of them, whose
 * reloader asks for nothing). In the order in which they are made.
 */
export const CHART_CONTROLLERS: Readonly<Record<string, readonly ControllerPods[]>> = {
  [CHARTS.awsLoadBalancerController.name]: [
    {
      name: 'aws-load-balancer-controller',
      replicas: { path: 'replicaCount', otherwise: 2 },
      requests: { path: 'resources.requests', cpu: '0', memory: '0' },
    },
  ],
  [CHARTS.karpenter.name]: [
    {
      name: 'karpenter',
      replicas: { path: 'replicas', otherwise: 2 },
      requests: { path: 'controller.resources.requests', cpu: '0', memory: '0' },
      sharing: 'never',
    },
  ],
  [CHARTS.clusterAutoscaler.name]: [
    {
      name: 'cluster-autoscaler',
      replicas: { path: 'replicaCount', otherwise: 1 },
      requests: { path: 'resources.requests', cpu: '0', memory: '0' },
    },
  ],
  [CHARTS.kyverno.name]: [
    kyverno('admission', {
      path: 'admissionController.container.resources.requests',
      cpu: '100m',
      memory: '128Mi',
    }),
    ...['background', 'cleanup', 'reports'].map(kyvernoBeside),
  ],
  [CHARTS.gpuOperator.name]: [
    {
      name: 'gpu-operator',
      replicas: { otherwise: 1 },
      requests: { path: 'operator.resources.requests', cpu: '200m', memory: '100Mi' },
    },
    nodeFeatureDiscovery('master', '100m'),
    nodeFeatureDiscovery('gc', '10m'),
  ],
  [CHARTS.kubePrometheusStack.name]: [
    prometheusStack('kube-prometheus-stack-operator', 'prometheusOperator', false),
    prometheusStack('kube-prometheus-stack-kube-state-metrics', 'kube-state-metrics'),
    prometheusStack('kube-prometheus-stack-grafana', 'grafana'),
    { ...prometheusStack('prometheus', 'prometheus.prometheusSpec'), sharing: 'never' },
    { ...prometheusStack('alertmanager', 'alertmanager.alertmanagerSpec'), sharing: 'never' },
  ],
  [CHARTS.rstudioWorkbench.name]: [
    {
      name: 'workbench',
      replicas: { path: 'replicas', otherwise: 1 },
      requests: { path: 'resources.requests', cpu: '0', memory: '0' },
      sharing: 'evenly',
    },
  ],
};

/** The same for EKS add-ons, at their defaults (charts aws-ebs-csi-driver 2.64 and aws-efs-csi-driver 4.4; CoreDNS as EKS installs it). */
export const ADD_ON_CONTROLLERS: Readonly<Partial<Record<EksAddOnName, ControllerPods>>> = {
  coredns: { name: 'coredns', replicas: { otherwise: 2 }, requests: { cpu: '100m', memory: '70Mi' } },
  'aws-ebs-csi-driver': {
    name: 'ebs-csi-controller',
    replicas: { otherwise: 2 },
    requests: { cpu: '50m', memory: '192Mi' },
  },
  'aws-efs-csi-driver': {
    name: 'efs-csi-controller',
    replicas: { otherwise: 2 },
    requests: { cpu: '0', memory: '0' },
  },
};
