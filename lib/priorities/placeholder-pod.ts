import { k8s } from 'cdk8s-plus-29';
import { IMAGES } from '../catalog/images.ts';
import { formatMillicpu } from '../core/quantity.ts';
import { type PriorityStep, placeholderStep } from '../model/priority-ladder.ts';
import type { Profile } from '../model/profile.ts';

/** Value of the component label on placeholders. */
export const PLACEHOLDER_COMPONENT = 'placeholder';

const quantity = k8s.Quantity.fromString;

/** What every pod in a namespace of placeholders is: without an identity, in the class of placeholders, restricted. */
export function placeholderPodBase(ladder: readonly PriorityStep[]): Omit<k8s.PodSpec, 'containers'> {
  const step = placeholderStep(ladder);
  return {
    ...(step ? { priorityClassName: step.name } : {}),
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_535,
      runAsGroup: 65_535,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
}

/** A container that may do nothing to its node. */
export function restrictedContainer(): k8s.SecurityContext {
  return { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };
}

/** What one placeholder asks for: what one session of the profile asks for. */
export function placeholderRequests({ cpu, memoryMB, gpu }: Profile): Readonly<Record<string, string>> {
  return {
    cpu: formatMillicpu(cpu.request),
    memory: `${memoryMB.request}M`,
    ...(gpu ? { [gpu.resource]: String(gpu.count) } : {}),
  };
}

/**
 * A pod that holds the place of one session of the profile: as large as it, on the nodes it may use, placed as it would
 * be, so that a session that displaces it is sure to fit in its place.
 */
export function placeholderPod(profile: Profile, ladder: readonly PriorityStep[]): k8s.PodSpec {
  const { gpu, schedulerName, selectors, tolerations } = profile;
  const requests = Object.entries(placeholderRequests(profile)).map(([name, value]) => [name, quantity(value)]);
  return {
    ...placeholderPodBase(ladder),
    ...(schedulerName === undefined ? {} : { schedulerName }),
    nodeSelector: Object.fromEntries(selectors.map(({ name, value }) => [name, value])),
    tolerations: tolerations.map((toleration) => ({ ...toleration })),
    // It has nothing to finish, and the session that displaces it waits.
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: 'pause',
        image: IMAGES.pause,
        resources: {
          requests: Object.fromEntries(requests),
          ...(gpu ? { limits: { [gpu.resource]: quantity(String(gpu.count)) } } : {}),
        },
        securityContext: restrictedContainer(),
      },
    ],
  };
}
