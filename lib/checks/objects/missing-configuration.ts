import type { Bundle } from '../../bundle/bundle.ts';
import { didYouMean } from '../../core/suggest.ts';
import { type RequiredSecret, requiredSecrets } from '../../model/required-secrets.ts';
import { configurationReferences } from '../reading/configuration-reference.ts';
import { inventoryOf } from '../reading/inventory.ts';
import { podTemplates } from '../reading/pod-template.ts';
import type { Rule } from '../rule.ts';

/** Every namespace gets it, with the certificate of the API server (kube-controller-manager, root CA publisher). */
const IN_EVERY_NAMESPACE = 'kube-root-ca.crt';

function givenSecrets(bundle: Bundle, namespace: string): readonly RequiredSecret[] {
  return requiredSecrets(bundle.platform.environment).filter(({ namespaces }) => namespaces.includes(namespace));
}

export const missingConfiguration: Rule = {
  id: 'OBJ003',
  title: 'ConfigMaps and Secrets that pods need are made by the platform or named in the environment',
  severity: 'error',
  protectsFrom: 'pods that wait in ContainerCreating for ever for a volume or a variable that nobody provides',
  because:
    'The kubelet tries again and again until the object is there. What an environment names (license, database password, pull secret) is made by hand, and `secrets.md` says so; what nothing names is a slip of the pen. Where a chart installs into the namespace, the chart may make it.',
  source: 'Kubernetes documentation, "Configure a Pod to Use a ConfigMap: Restrictions"',
  example: {
    of: 'objects',
    breaks: `apiVersion: apps/v1
kind: Deployment
metadata: { name: hnc-manager, namespace: hnc-system }
spec: { template: { spec: { volumes: [{ name: certificate, secret: { secretName: hnc-webhook-cert } }] } } }`,
    mended: `apiVersion: apps/v1
kind: Deployment
metadata: { name: hnc-manager, namespace: hnc-system }
spec: { template: { spec: { volumes: [{ name: certificate, secret: { secretName: hnc-webhook-server-cert } }] } } }`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    return podTemplates(bundle).flatMap((template) => {
      const { subject, origin, namespace } = template;
      if (inventory.hasRelease(namespace)) return [];
      return configurationReferences(template).flatMap(({ kind, name }) => {
        if (inventory.find(kind, namespace, name) || (kind === 'ConfigMap' && name === IN_EVERY_NAMESPACE)) return [];
        const given = kind === 'Secret' ? givenSecrets(bundle, namespace).map((secret) => secret.name) : [];
        if (given.includes(name)) return [];
        const made = inventory
          .ofKind(kind)
          .filter(({ manifest }) => manifest.metadata.namespace === namespace)
          .map(({ manifest }) => manifest.metadata.name);
        const message = `needs ${kind} "${name}" in namespace "${namespace}", and nothing makes it.`;
        return [{ at: origin, subject, message, hint: didYouMean(name, [...made, ...given]) }];
      });
    });
  },
};
