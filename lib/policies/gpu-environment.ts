import { DEVICE_VARIABLES } from '../catalog/accelerators.ts';
import type { Platform } from '../model/platform.ts';
import { celList, celText, literal } from './cel.ts';
import { IS_OTHERS, TIER_VARIABLE } from './governed-namespaces.ts';
import type { PolicyRule } from './policy-rule.ts';
import { remedy } from './remedy.ts';

/**
 * POL-2 for `envFrom`, which takes the keys of a ConfigMap or Secret as variables without the pod naming them. The API
 * server alone looks: a webhook on every ConfigMap and Secret would make all of them depend on Kyverno.
 */
export function gpuEnvironment(platform: Platform): PolicyRule {
  const advice = remedy(platform, 'Rename the key');
  return {
    name: 'gpu-access-environment',
    policy: 'gpu-access',
    explanation: 'ConfigMaps and Secrets hold no variables by which a container gets GPUs it did not ask for.',
    resources: [
      {
        apiGroups: [''],
        apiVersions: ['v1'],
        operations: ['CREATE', 'UPDATE'],
        resources: ['configmaps', 'secrets'],
      },
    ],
    aboutPods: false,
    enforcedBy: 'api-server',
    conditions: [],
    variables: [
      TIER_VARIABLE,
      {
        name: 'deviceKeys',
        expression: `${celList(DEVICE_VARIABLES)}.filter(name,
  name in object.?data.orValue({}) || name in object.?binaryData.orValue({}))`,
      },
    ],
    validations: [
      {
        expression: `${IS_OTHERS} || variables.deviceKeys.size() == 0`,
        explain: celText`Key ${'variables.deviceKeys[0]'} of ${'request.kind.kind'} "${'request.name'}" gives GPUs to containers \
that read it by envFrom without asking for them. ${literal(advice)}`,
        message: `The object holds a variable that gives containers GPUs they did not ask for. ${advice}`,
      },
    ],
  };
}
