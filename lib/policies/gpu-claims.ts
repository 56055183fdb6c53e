import type { Platform } from '../model/platform.ts';
import { celText, literal } from './cel.ts';
import { GPU_ALLOWED, useGpuNamespace } from './gpu-access.ts';
import type { PolicyRule } from './policy-rule.ts';

/**
 * POL-2 for Dynamic Resource Allocation: a claim holds a device before any pod uses it. Versions of the group are matched
 * whatever they are called; a claim's spec never changes, so making it is what counts.
 */
export function gpuClaims(platform: Platform): PolicyRule {
  const advice = useGpuNamespace(platform);
  return {
    name: 'gpu-access-claims',
    policy: 'gpu-access',
    explanation:
      'Resource claims are made only where pods may use GPUs, because a claim holds a device like a pod does.',
    resources: [
      {
        apiGroups: ['resource.k8s.io'],
        apiVersions: ['*'],
        operations: ['CREATE'],
        resources: ['resourceclaims', 'resourceclaimtemplates'],
      },
    ],
    aboutPods: false,
    enforcedBy: 'both',
    conditions: [],
    variables: [GPU_ALLOWED],
    validations: [
      {
        expression: 'variables.gpuAllowed',
        explain: celText`${'request.kind.kind'} "${'request.name'}" would hold devices, but namespace \
"${'request.namespace'}" may not use GPUs. ${literal(advice)}`,
        message: `This namespace may not claim devices. ${advice}`,
      },
    ],
  };
}
