import { didYouMean } from '../../core/suggest.ts';
import { inventoryOf } from '../reading/inventory.ts';
import { podTemplates } from '../reading/pod-template.ts';
import type { Rule } from '../rule.ts';

export const missingServiceAccount: Rule = {
  id: 'OBJ005',
  title: 'The ServiceAccount of every pod is made by the platform',
  severity: 'error',
  protectsFrom: 'workloads that never get a pod: the API server forbids each with "serviceaccount not found"',
  because:
    'The admission plugin ServiceAccount refuses pods whose account does not exist. The workload itself is accepted, and its controller tries again without end. Only `default` is in every namespace.',
  source: 'Kubernetes 1.36, plugin/pkg/admission/serviceaccount/admission.go',
  example: {
    of: { valuesOf: 'workbench' },
    breaks: 'launcher: { templateValues: { pod: { serviceAccountName: workbench-sessions } } }',
    mended: 'launcher: { templateValues: { pod: { serviceAccountName: workbench-session } } }',
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    return podTemplates(bundle).flatMap(({ subject, origin, namespace, spec }) => {
      const name = spec.serviceAccountName ?? 'default';
      if (name === 'default' || inventory.hasRelease(namespace)) return [];
      if (inventory.find('ServiceAccount', namespace, name)) return [];
      const known = inventory
        .ofKind('ServiceAccount')
        .filter(({ manifest }) => manifest.metadata.namespace === namespace)
        .map(({ manifest }) => manifest.metadata.name);
      const message = `runs as ServiceAccount "${name}", and nothing makes it in namespace "${namespace}".`;
      return [{ at: origin, subject, message, hint: didYouMean(name, known) }];
    });
  },
};
