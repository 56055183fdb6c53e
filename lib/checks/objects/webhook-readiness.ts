import { inventoryOf } from '../reading/inventory.ts';
import { podsOfService } from '../reading/service-target.ts';
import { webhooksOf } from '../reading/webhook.ts';
import type { Rule } from '../rule.ts';

export const webhookReadiness: Rule = {
  id: 'OBJ026',
  title: 'Pods that answer webhooks say when they are ready',
  severity: 'error',
  protectsFrom: 'requests that are refused at every rollout, because they reach a webhook that does not listen yet',
  because:
    'Without a readiness probe a container counts as ready when it runs. The Service then sends it calls before it has loaded its certificate, and with `failurePolicy: Fail` each one refuses a request.',
  source: 'Kubernetes documentation, "Admission Webhook Good Practices: High availability"',
  example: {
    of: 'objects',
    breaks: `apiVersion: apps/v1
kind: Deployment
metadata: { name: hnc-manager, namespace: hnc-system }
spec: { template: { spec: { containers: [{ name: manager, readinessProbe: null }] } } }`,
    mended: `apiVersion: apps/v1
kind: Deployment
metadata: { name: hnc-manager, namespace: hnc-system }
spec: { template: { spec: { containers: [{ name: manager, readinessProbe: { httpGet: { path: /readyz, port: 8081 } } }] } } }`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    const services = new Set(
      webhooksOf(bundle)
        .filter(({ failsClosed }) => failsClosed)
        .flatMap(({ service }) => inventory.find('Service', service.namespace, service.name) ?? []),
    );
    return [...services].flatMap((service) =>
      podsOfService(bundle, service)
        .filter(({ spec }) => spec.containers.every(({ readinessProbe }) => !readinessProbe))
        .map(({ subject, origin }) => ({
          at: origin,
          subject,
          message: `answers webhooks for Service "${service.manifest.metadata.name}" and has no readiness probe.`,
          hint: 'Add a readinessProbe that asks whether the webhook listens.',
        })),
    );
  },
};
