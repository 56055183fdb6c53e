import { type ClassReference, missingClasses } from '../reading/missing-class.ts';
import type { Rule } from '../rule.ts';

const PRIORITY: ClassReference = {
  kind: 'PriorityClass',
  ofPod: (spec) => spec.priorityClassName,
  keys: ['priorityClassName', 'priorityClass'],
  // In every cluster (Kubernetes 1.36, pkg/apis/scheduling/v1/helpers.go).
  given: () => ['system-cluster-critical', 'system-node-critical'],
};

export const missingPriorityClass: Rule = {
  id: 'OBJ009',
  title: 'Every priority class that pods name exists',
  severity: 'error',
  protectsFrom: 'pods that the API server forbids: "no PriorityClass with name ... was found"',
  because:
    'The admission plugin Priority looks the class up when a pod is made and refuses the pod where there is none. The workload is accepted, so that the mistake only shows as missing pods.',
  source: 'Kubernetes 1.36, plugin/pkg/admission/priority/admission.go',
  example: {
    of: { valuesOf: 'kyverno' },
    breaks: 'global: { priorityClassName: infrastructure }',
    mended: 'global: { priorityClassName: atelier-infrastructure }',
  },
  check: (bundle) => missingClasses(bundle, PRIORITY),
};
