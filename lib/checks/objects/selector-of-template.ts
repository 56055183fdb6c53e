import { describeSelector, selects } from '../reading/label-selector.ts';
import { podTemplates } from '../reading/pod-template.ts';
import type { Rule } from '../rule.ts';

export const selectorOfTemplate: Rule = {
  id: 'OBJ020',
  title: 'A workload selects the labels that it gives its pods',
  severity: 'error',
  protectsFrom: 'a workload that the API server refuses: "selector does not match template labels"',
  because:
    'Deployments, StatefulSets and DaemonSets find their pods by the selector, and the API server refuses one that would not find the pods of its own template. It can never be changed later.',
  source: 'Kubernetes 1.36, pkg/apis/apps/validation/validation.go',
  example: {
    of: 'objects',
    breaks: `apiVersion: apps/v1
kind: Deployment
metadata: { name: hnc-manager, namespace: hnc-system }
spec: { selector: { matchLabels: { app.kubernetes.io/name: hnc } } }`,
    mended: `apiVersion: apps/v1
kind: Deployment
metadata: { name: hnc-manager, namespace: hnc-system }
spec: { selector: { matchLabels: { app.kubernetes.io/name: hnc-manager } } }`,
  },
  check: (bundle) =>
    podTemplates(bundle).flatMap(({ subject, origin, selector, labels }) => {
      if (!selector || selects(selector, labels)) return [];
      const message = `selects ${describeSelector(selector)}, and its pods have ${describeSelector({ matchLabels: labels }) || 'no labels'}.`;
      return [{ at: origin, subject, message, hint: 'Use the same labels in both places.' }];
    }),
};
