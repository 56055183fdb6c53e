import { didYouMean } from '../../core/suggest.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import { serviceSpec } from '../reading/service-target.ts';
import { webhooksOf } from '../reading/webhook.ts';
import type { Rule } from '../rule.ts';

export const missingWebhookService: Rule = {
  id: 'OBJ011',
  title: 'The Service that a webhook calls exists and has the port',
  severity: 'error',
  protectsFrom: 'an API server that refuses every request a webhook looks at, because nobody can answer',
  because:
    'With `failurePolicy: Fail`, the default, a request is refused when its webhook cannot be called. A missing Service or port cannot be called at all.',
  source: 'Kubernetes documentation, "Dynamic Admission Control: Failure policy"',
  example: {
    of: 'objects',
    breaks: `apiVersion: v1
kind: Service
metadata: { name: hnc-webhook-service, namespace: hnc-system }
spec: { ports: [{ name: webhooks, port: 9443, targetPort: webhooks }] }`,
    mended: `apiVersion: v1
kind: Service
metadata: { name: hnc-webhook-service, namespace: hnc-system }
spec: { ports: [{ name: webhooks, port: 443, targetPort: webhooks }] }`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    // One finding for each object and service, however many webhooks of it call there.
    const seen = new Set<string>();
    return webhooksOf(bundle).flatMap(({ object, name, service }) => {
      const { port = 443 } = service;
      const called = `${service.namespace}/${service.name}:${port}`;
      const key = `${object.manifest.kind} ${object.manifest.metadata.name} ${called}`;
      if (inventory.hasRelease(service.namespace) || seen.has(key)) return [];
      seen.add(key);
      const found = inventory.find('Service', service.namespace, service.name);
      if (!found) {
        const known = inventory.ofKind('Service').map(({ manifest }) => manifest.metadata.name);
        const message = `webhook "${name}" calls Service "${service.namespace}/${service.name}", which nothing makes.`;
        return [aboutObject(object, message, didYouMean(service.name, known))];
      }
      const ports = (serviceSpec(found).ports ?? []).map((each) => each.port);
      if (ports.includes(port)) return [];
      const message = `webhook "${name}" calls port ${port} of Service "${service.namespace}/${service.name}", which has ${ports.join(', ') || 'none'}.`;
      return [aboutObject(object, message, 'Give the Service the port, or the webhook another one.')];
    });
  },
};
