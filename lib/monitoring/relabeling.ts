/** One step of a ServiceMonitor's `relabelings` (prometheus-operator, RelabelConfig). */
export interface Relabeling {
  readonly action: 'replace';
  readonly sourceLabels: readonly string[];
  readonly targetLabel: string;
}

/** Gives every series of an exporter the name of its node, as `node`: what joins it with kube-state-metrics. */
export const NODE_LABEL: Relabeling = {
  action: 'replace',
  sourceLabels: ['__meta_kubernetes_pod_node_name'],
  targetLabel: 'node',
};
