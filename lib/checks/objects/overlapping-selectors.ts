import { describeSelector, selects } from '../reading/label-selector.ts';
import { podTemplates } from '../reading/pod-template.ts';
import type { Rule } from '../rule.ts';

/** Controllers that count what they select. A Job makes up its own selector. */
const COUNTING = ['Deployment', 'StatefulSet', 'ReplicaSet', 'DaemonSet'];

export const overlappingSelectors: Rule = {
  id: 'OBJ021',
  title: 'No two workloads of a namespace select the same pods',
  severity: 'error',
  protectsFrom: 'rollouts that never end and Services that mix two workloads, because one counts the pods of the other',
  because:
    'The API server does not check whether selectors overlap. Controllers then report the pods of others as their own, and budgets and Services that use the same labels take both.',
  source: 'Kubernetes documentation, "Deployments: Selector"',
  example: {
    of: 'objects',
    breaks: `apiVersion: apps/v1
kind: Deployment
metadata: { name: hnc-replica, namespace: hnc-system }
spec:
  selector: { matchLabels: { app.kubernetes.io/name: hnc-manager } }
  template:
    metadata: { labels: { app.kubernetes.io/name: hnc-manager } }
    spec:
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: manager
          image: registry.example.org/hnc:v1.1.0
          ports: [{ name: webhooks, containerPort: 9443 }]
          readinessProbe: { httpGet: { path: /readyz, port: webhooks } }
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }`,
    mended: `apiVersion: apps/v1
kind: Deployment
metadata: { name: hnc-replica, namespace: hnc-system }
spec:
  selector: { matchLabels: { app.kubernetes.io/name: hnc-replica } }
  template:
    metadata: { labels: { app.kubernetes.io/name: hnc-replica } }
    spec:
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: manager
          image: registry.example.org/hnc:v1.1.0
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }`,
  },
  check: (bundle) => {
    const templates = podTemplates(bundle).filter(({ object }) => COUNTING.includes(object?.manifest.kind ?? ''));
    return templates.flatMap(({ subject, origin, namespace, selector, labels, object }, index) =>
      // Each pair is told once, at the workload that comes later.
      templates.slice(0, index).flatMap((other) => {
        if (other.namespace !== namespace || other.object?.manifest.kind !== object?.manifest.kind) return [];
        if (!selector || !other.selector) return [];
        if (!selects(selector, other.labels) && !selects(other.selector, labels)) return [];
        const message = `selects ${describeSelector(selector)}, which overlaps with ${other.subject}.`;
        return [{ at: origin, subject, message, hint: 'Give each a label of its own.' }];
      }),
    );
  },
};
