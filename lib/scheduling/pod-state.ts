import type { Labels } from '../core/label-selector.ts';
import { type AffinityTerm, affinityTerms } from './affinity-term.ts';
import type { Amounts } from './amounts.ts';
import { type HostPort, hostPorts } from './host-ports.ts';
import type { Pod, PodToleration } from './pod.ts';
import { podRequests } from './pod-requests.ts';
import { type Priority, type PriorityClass, podPriority } from './priority.ts';
import { admittedTolerations } from './toleration.ts';

/** A pod with what follows from its manifest, worked out once. */
export interface PodState {
  readonly pod: Pod;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly priority: Priority;
  readonly requests: Amounts;
  readonly hostPorts: readonly HostPort[];
  readonly tolerations: readonly PodToleration[];
  readonly affinity: readonly AffinityTerm[];
  readonly antiAffinity: readonly AffinityTerm[];
}

/** Works out what follows from a pod's manifest. */
export function readPod(pod: Pod, priorityClasses: readonly PriorityClass[]): PodState {
  const { metadata, spec } = pod;
  return {
    pod,
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    labels: metadata.labels ?? {},
    priority: podPriority(spec, priorityClasses),
    requests: podRequests(spec),
    hostPorts: hostPorts(spec),
    tolerations: admittedTolerations(spec.tolerations),
    affinity: affinityTerms(spec.affinity?.podAffinity, pod),
    antiAffinity: affinityTerms(spec.affinity?.podAntiAffinity, pod),
  };
}
