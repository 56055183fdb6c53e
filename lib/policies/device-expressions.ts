import {
  ACCELERATOR_PREFIXES,
  CDI_ANNOTATION_PREFIX,
  DEVICE_MOUNT_ROOT,
  DEVICE_VARIABLES,
  HARMLESS_NVIDIA_VARIABLES,
  NO_DEVICE_VALUES,
  NVIDIA_VARIABLE_PREFIX,
} from '../catalog/accelerators.ts';
import { TAINTS } from '../catalog/taints.ts';
import type { NamedExpression } from '../crds/admissionregistration.k8s.io.ts';
import type { Platform } from '../model/platform.ts';
import { celList, celString } from './cel.ts';
import { IS_PEOPLES } from './governed-namespaces.ts';

/** CEL: one of the texts begins the string `subject`. */
const beginsWithAny = (prefixes: readonly string[], subject: string): string =>
  `${celList(prefixes)}.exists(prefix, ${subject}.startsWith(prefix))`;

// Quantities are strings at admission and may be numbers in fixtures, hence string().
const devicesIn = (list: 'limits' | 'requests'): string =>
  `holder.?resources.?${list}.orValue({}).filter(name,
    ${beginsWithAny(ACCELERATOR_PREFIXES, 'name')} &&
    quantity(string(holder.resources.${list}[name])).isGreaterThan(quantity('0')))`;

/** `variables.askedDevices`: for each container that asks for devices (or the pod as a whole), the sentences that say so. */
export const ASKED_DEVICES: NamedExpression = {
  name: 'askedDevices',
  expression: `([object.spec] + variables.containers).map(holder, (
  ${devicesIn('limits')} +
  ${devicesIn('requests')}
).map(name, (has(holder.containers) ? 'The pod' : 'Container "' + holder.name + '"') + ' asks for ' + name)
).filter(sentences, sentences.size() > 0)`,
};

/** `variables.claims`: DRA claims of the pod. */
export const CLAIMS: NamedExpression = {
  name: 'claims',
  expression: 'object.spec.?resourceClaims.orValue([])',
};

const TAKES_DEVICES = `(variable.name in ${celList(DEVICE_VARIABLES)} &&
      (has(variable.valueFrom) || !(variable.?value.orValue('') in ${celList(NO_DEVICE_VALUES)})))`;

const CONCERNS_THE_RUNTIME = `(!variables.gpuAllowed && variable.name.startsWith(${celString(NVIDIA_VARIABLE_PREFIX)}) &&
      !(variable.name in ${celList([...DEVICE_VARIABLES, ...HARMLESS_NVIDIA_VARIABLES])}))`;

/**
 * `variables.deviceVariables`: sentences about environment variables that bring devices nobody asked Kubernetes for. The
 * device plugin sets NVIDIA_VISIBLE_DEVICES itself; set by hand beside a GPU it brings all GPUs of the node. This is the
 * second line only: images may carry the variable, so nodes must not listen to it (NVIDIA toolkit,
 * `accept-nvidia-visible-devices-envvar-when-unprivileged=false`).
 */
export const DEVICE_VARIABLE_SENTENCES: NamedExpression = {
  name: 'deviceVariables',
  expression: `variables.containers.map(container,
  container.?env.orValue([]).filter(variable,
    ${TAKES_DEVICES} ||
    ${CONCERNS_THE_RUNTIME}
  ).map(variable, 'Container "' + container.name + '" sets ' + variable.name)
).filter(sentences, sentences.size() > 0)`,
};

/** CEL: a prefix of envFrom completes the keys of a ConfigMap or Secret to a device variable. */
export const COMPOSED_VARIABLES = `variables.containers.exists(container, container.?envFrom.orValue([]).exists(source,
  source.?prefix.orValue('') != '' &&
  ${celList(DEVICE_VARIABLES)}.exists(name, name.startsWith(source.prefix))))`;

/** CEL: devices by annotation or by mount. */
export const INJECTED_DEVICES = `(
  object.metadata.?annotations.orValue({}).exists(key, key.startsWith(${celString(CDI_ANNOTATION_PREFIX)})) ||
  variables.containers.exists(container, container.?volumeMounts.orValue([]).exists(mount,
    mount.mountPath.startsWith(${celString(DEVICE_MOUNT_ROOT)}))))`;

/** Values of the dedicated taint that pods without GPUs may tolerate. */
function poolsWithoutGpus(platform: Platform): readonly string[] {
  return platform.pools
    .filter((pool) => pool.gpuModel === undefined && pool.spec.role === 'dedicated')
    .map(({ name }) => name);
}

/**
 * `variables.gpuTolerations`: tolerations that open GPU nodes. The taint of GPUs is the vendor's resource name, whatever
 * operator, value and effect the toleration has; of the dedicated taint, people may name the pools without GPUs, one by
 * one (a toleration of every value has none). A pod that names a resource gets the toleration of that key from the API server, at "0" too (admission plugin
 * ExtendedResourceToleration): that much is not the user's doing, and the dedicated taint still keeps him out.
 */
export function gpuTolerations(platform: Platform): NamedExpression {
  return {
    name: 'gpuTolerations',
    expression: `object.spec.?tolerations.orValue([]).filter(t,
  (${beginsWithAny(ACCELERATOR_PREFIXES, "t.?key.orValue('')")} &&
    !variables.containers.exists(container, t.key in container.?resources.?limits.orValue({}))) ||
  (${IS_PEOPLES} && t.?key.orValue('') == ${celString(TAINTS.dedicated)} &&
    !(t.?value.orValue('') in ${celList(poolsWithoutGpus(platform))})))`,
  };
}
