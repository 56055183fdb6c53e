import { LABELS } from '../../catalog/labels.ts';
import type { Labels } from '../../core/label-selector.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import { selects } from '../reading/label-selector.ts';
import { podTemplates } from '../reading/pod-template.ts';
import { type Webhook, webhooksOf } from '../reading/webhook.ts';
import type { Rule } from '../rule.ts';

function seesNewPods({ body }: Webhook): boolean {
  return (body?.rules ?? []).some(
    ({ apiGroups, resources, operations }) =>
      (apiGroups.includes('') || apiGroups.includes('*')) &&
      resources.some((resource) => ['*', '*/*', 'pods', 'pods/*'].includes(resource)) &&
      operations.some((operation) => operation === 'CREATE' || operation === '*'),
  );
}

export const webhookDeadlock: Rule = {
  id: 'OBJ012',
  title: 'No webhook has to admit the pods that answer it',
  severity: 'error',
  protectsFrom: 'a cluster that never recovers: the webhook is down, and its new pods wait for it to admit them',
  because:
    'A webhook that fails closed and looks at pods of its own namespace is asked about its own replacement. After the last pod has gone, every new one is refused until somebody deletes the webhook by hand.',
  source: 'Kubernetes documentation, "Admission Webhook Good Practices: Avoid deadlocks"',
  example: {
    of: 'objects',
    breaks: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: pods }
webhooks:
  - name: pods.example.org
    failurePolicy: Fail
    clientConfig: { service: { name: hnc-webhook-service, namespace: hnc-system } }
    rules: [{ apiGroups: [""], apiVersions: [v1], resources: [pods], operations: [CREATE] }]`,
    mended: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: pods }
webhooks:
  - name: pods.example.org
    failurePolicy: Fail
    clientConfig: { service: { name: hnc-webhook-service, namespace: hnc-system } }
    namespaceSelector:
      matchExpressions: [{ key: kubernetes.io/metadata.name, operator: NotIn, values: [hnc-system] }]
    rules: [{ apiGroups: [""], apiVersions: [v1], resources: [pods], operations: [CREATE] }]`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    return webhooksOf(bundle).flatMap((webhook) => {
      if (!webhook.failsClosed || !seesNewPods(webhook)) return [];
      const { namespace } = webhook.service;
      const labels = (inventory.find('Namespace', undefined, namespace)?.manifest.metadata.labels ?? {}) as Labels;
      const { namespaceSelector = {}, objectSelector = {} } = webhook.body ?? {};
      if (!selects(namespaceSelector, { ...labels, [LABELS.namespaceName]: namespace })) return [];
      const own = podTemplates(bundle).filter((pod) => pod.namespace === namespace);
      if (own.length > 0 && !own.some((pod) => selects(objectSelector, pod.labels))) return [];
      const message = `webhook "${webhook.name}" fails closed and looks at pods of "${namespace}", where its own pods run.`;
      return [aboutObject(webhook.object, message, `Leave namespace "${namespace}" out by namespaceSelector.`)];
    });
  },
};
