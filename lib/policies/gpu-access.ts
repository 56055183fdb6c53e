import { NVIDIA_RUNTIME_CLASS_PART } from '../catalog/accelerators.ts';
import { GPU_ACCESS_ALLOWED, LABELS } from '../catalog/labels.ts';
import type { NamedExpression } from '../crds/admissionregistration.k8s.io.ts';
import type { Platform } from '../model/platform.ts';
import { celString, celText, literal } from './cel.ts';
import {
  ASKED_DEVICES,
  CLAIMS,
  COMPOSED_VARIABLES,
  DEVICE_VARIABLE_SENTENCES,
  gpuTolerations,
  INJECTED_DEVICES,
} from './device-expressions.ts';
import { IS_OTHERS, TIER_VARIABLE } from './governed-namespaces.ts';
import { ALL_PODS, CONTAINERS_VARIABLE, SPEC_CHANGES } from './pod-requests.ts';
import type { PolicyRule, RuleValidation } from './policy-rule.ts';
import { remedy } from './remedy.ts';

const NAMESPACE = 'request.namespace';

/** `variables.gpuAllowed`: the namespace's label says that its pods may ask for GPUs. */
export const GPU_ALLOWED: NamedExpression = {
  name: 'gpuAllowed',
  expression: `namespaceObject.metadata.?labels[?${celString(LABELS.gpuAccess)}].orValue('') == ${celString(GPU_ACCESS_ALLOWED)}`,
};

/** `variables.gpuSoftware`: the namespace holds the cluster's own GPU software, which takes devices nobody counts. */
const GPU_SOFTWARE: NamedExpression = { name: 'gpuSoftware', expression: `variables.gpuAllowed && ${IS_OTHERS}` };

/** Last sentence of every denial about GPUs in a namespace that has none. */
export const useGpuNamespace = (platform: Platform): string => remedy(platform, 'Use a namespace with a GPU quota');

/** Ways of getting a GPU that Kubernetes counts. */
function countedDevices(platform: Platform): readonly RuleValidation[] {
  const advice = useGpuNamespace(platform);
  const message = `Pods of this namespace may not use GPUs. ${advice}`;
  return [
    {
      expression: 'variables.gpuAllowed || variables.askedDevices.size() == 0',
      explain: celText`${'variables.askedDevices[0][0]'}, but pods of namespace "${NAMESPACE}" may not use GPUs. \
${literal(advice)}`,
      message,
    },
    {
      expression: 'variables.gpuAllowed || variables.claims.size() == 0',
      explain: celText`The pod uses resource claim "${'variables.claims[0].name'}", but pods of namespace \
"${NAMESPACE}" may not use GPUs. ${literal(advice)}`,
      message,
    },
  ];
}

/**
 * Ways around the counting. They are closed where GPUs are allowed too, because they bring GPUs that no quota knows;
 * only the cluster's own GPU software keeps them.
 */
function uncountedDevices(platform: Platform): readonly RuleValidation[] {
  const advice = remedy(platform, 'Ask for GPUs by a resource limit such as nvidia.com/gpu: 1');
  const counted = 'variables.gpuAllowed && (variables.askedDevices.size() > 0 || variables.claims.size() > 0)';
  const runtime = "object.spec.?runtimeClassName.orValue('')";
  const message = `The pod would get GPUs it did not ask for. ${advice}`;
  return [
    {
      expression: `variables.gpuSoftware || (${counted}) ||
  !${runtime}.contains(${celString(NVIDIA_RUNTIME_CLASS_PART)})`,
      explain: celText`Runtime class "${'object.spec.runtimeClassName'}" gives the pod GPUs of the node, and it asks for \
none that it may have. ${literal(advice)}`,
      message,
    },
    {
      expression: 'variables.gpuSoftware || variables.deviceVariables.size() == 0',
      explain: celText`${'variables.deviceVariables[0][0]'}, by which a container gets GPUs it did not ask for. The \
platform sets such variables itself. ${literal(advice)}`,
      message,
    },
    {
      expression: `variables.gpuSoftware || !${COMPOSED_VARIABLES}`,
      explain: celText`A prefix of envFrom turns keys into variables such as NVIDIA_VISIBLE_DEVICES, by which a container \
gets GPUs it did not ask for. Use another prefix. ${literal(advice)}`,
      message,
    },
    {
      expression: `variables.gpuSoftware || !${INJECTED_DEVICES}`,
      explain: celText`The pod asks the container runtime for devices by an annotation or a mount. ${literal(advice)}`,
      message,
    },
  ];
}

/** Ways onto nodes that a pod has no business on. Other software keeps them: add-ons run on every node. */
function placement(platform: Platform): readonly RuleValidation[] {
  const key = remedy(platform, 'Name the key of the taint');
  const schedule = remedy(platform, 'Use a node selector or affinity and let the scheduler choose');
  // Kyverno's background scan shows running pods as if they were being made; a scheduled pod has its node rightly.
  const scheduled = "object.?status.?conditions.orValue([]).exists(c, c.type == 'PodScheduled' && c.status == 'True')";
  return [
    {
      expression: `${IS_OTHERS} || variables.gpuAllowed || variables.gpuTolerations.size() == 0`,
      explain: celText`The pod tolerates taint "${'variables.gpuTolerations[0].key'}" of GPU nodes, but pods of namespace \
"${NAMESPACE}" may not use GPUs. ${literal(useGpuNamespace(platform))}`,
      message: `Pods of this namespace may not tolerate the taints of GPU nodes. ${useGpuNamespace(platform)}`,
    },
    {
      expression: `${IS_OTHERS} || object.spec.?tolerations.orValue([]).all(t, t.?key.orValue('') != '')`,
      explain: celText`A toleration without a key opens every node of the cluster, GPU nodes too, and is not for \
namespace "${NAMESPACE}". ${literal(key)}`,
      message: `Tolerations without a key are not allowed in this namespace. ${key}`,
    },
    {
      expression: `${IS_OTHERS} || request.operation != 'CREATE' || object.spec.?nodeName.orValue('') == '' ||
  ${scheduled}`,
      explain: celText`nodeName "${'object.spec.nodeName'}" puts the pod on a node past the scheduler and its taints, \
which is not for namespace "${NAMESPACE}". ${literal(schedule)}`,
      message: `nodeName is not allowed in this namespace. ${schedule}`,
    },
  ];
}

/**
 * POL-2. Devices only in namespaces whose label allows them, and there only those asked for. Where the label is missing
 * they are refused, in `default` and in other software's namespaces too.
 */
export function gpuAccess(platform: Platform): PolicyRule {
  return {
    name: 'gpu-access',
    policy: 'gpu-access',
    explanation:
      'Pods get GPUs and GPU nodes only where their namespace may have them, and only by asking, so that quota and bill are right.',
    resources: [ALL_PODS],
    aboutPods: true,
    enforcedBy: 'both',
    conditions: [SPEC_CHANGES],
    variables: [
      TIER_VARIABLE,
      GPU_ALLOWED,
      GPU_SOFTWARE,
      CONTAINERS_VARIABLE,
      ASKED_DEVICES,
      CLAIMS,
      DEVICE_VARIABLE_SENTENCES,
      gpuTolerations(platform),
    ],
    validations: [...countedDevices(platform), ...uncountedDevices(platform), ...placement(platform)],
  };
}
