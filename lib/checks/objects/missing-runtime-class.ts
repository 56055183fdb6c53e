import { type ClassReference, missingClasses } from '../reading/missing-class.ts';
import { valuesOfChart } from '../reading/release-values.ts';
import type { Rule } from '../rule.ts';

interface GpuOperatorValues {
  readonly operator?: { readonly runtimeClass?: string };
}

const RUNTIME: ClassReference = {
  kind: 'RuntimeClass',
  ofPod: (spec) => spec.runtimeClassName,
  keys: ['runtimeClassName'],
  given: (bundle) =>
    valuesOfChart<GpuOperatorValues>(bundle, 'gpu-operator').map(
      ({ values }) => values.operator?.runtimeClass ?? 'nvidia',
    ),
};

export const missingRuntimeClass: Rule = {
  id: 'OBJ010',
  title: 'Every RuntimeClass that pods name exists',
  severity: 'error',
  protectsFrom: 'GPU pods that the API server forbids, because the class comes with the GPU operator and there is none',
  because:
    'The admission plugin RuntimeClass refuses pods that name a class which does not exist. The class "nvidia" is made by the GPU operator; with the device plugin alone there is none.',
  source:
    'Kubernetes 1.36, plugin/pkg/admission/runtimeclass/admission.go; chart gpu-operator v26.7.0, values operator.runtimeClass',
  example: {
    of: { valuesOf: 'dcgm-exporter' },
    breaks: 'runtimeClassName: nvidia-runtime',
    mended: 'runtimeClassName: nvidia',
  },
  check: (bundle) => missingClasses(bundle, RUNTIME),
};
