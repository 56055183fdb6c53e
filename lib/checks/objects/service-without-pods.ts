import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import { describeSelector } from '../reading/label-selector.ts';
import { podsOfService, serviceSpec } from '../reading/service-target.ts';
import type { Rule } from '../rule.ts';

export const serviceWithoutPods: Rule = {
  id: 'OBJ001',
  title: 'Every Service selects pods that the platform makes',
  severity: 'error',
  protectsFrom: 'a Service without endpoints: every connection to it is refused, and nothing else says why',
  because:
    "A Service finds its pods by labels alone. Where none match it is accepted, gets a cluster address, and has an empty EndpointSlice. Namespaces into which a chart installs are left out, because the pods may be the chart's.",
  source: 'Kubernetes documentation, "Service: Defining a Service"',
  example: {
    of: 'objects',
    breaks: `apiVersion: v1
kind: Service
metadata: { name: hnc-webhook-service, namespace: hnc-system }
spec: { selector: { app.kubernetes.io/name: hnc-managr } }`,
    mended: `apiVersion: v1
kind: Service
metadata: { name: hnc-webhook-service, namespace: hnc-system }
spec: { selector: { app.kubernetes.io/name: hnc-manager } }`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    return inventory.ofKind('Service').flatMap((service) => {
      const { selector } = serviceSpec(service);
      const namespace = service.manifest.metadata.namespace ?? '';
      // Without a selector somebody else keeps the endpoints.
      if (!selector || !inventory.isComplete(namespace)) return [];
      if (podsOfService(bundle, service).length > 0) return [];
      const message = `selects ${describeSelector({ matchLabels: selector })}, and no pod of the namespace has these labels.`;
      return [aboutObject(service, message, 'Select the labels of the pod template.')];
    });
  },
};
