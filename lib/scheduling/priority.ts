import type { PodSpec } from './pod.ts';

/** scheduling.k8s.io/v1 PriorityClass. */
export interface PriorityClass {
  readonly metadata: { readonly name: string };
  readonly value: number;
  readonly globalDefault?: boolean;
  readonly preemptionPolicy?: 'PreemptLowerPriority' | 'Never';
}

/** What admission writes on a pod: its rank, and whether it may displace lower ones. */
export interface Priority {
  readonly value: number;
  readonly preempts: boolean;
}

/** Classes that every cluster has (pkg/apis/scheduling/v1/helpers.go). */
const SYSTEM_CLASSES: readonly PriorityClass[] = [
  { metadata: { name: 'system-cluster-critical' }, value: 2_000_000_000 },
  { metadata: { name: 'system-node-critical' }, value: 2_000_001_000 },
];

/** A pod without a class gets the global default, else rank 0, and may displace (plugin/pkg/admission/priority). */
export function podPriority(spec: PodSpec, classes: readonly PriorityClass[]): Priority {
  const { priorityClassName: name } = spec;
  const priorityClass = name
    ? [...SYSTEM_CLASSES, ...classes].find(({ metadata }) => metadata.name === name)
    : classes.find(({ globalDefault }) => globalDefault);
  return {
    value: spec.priority ?? priorityClass?.value ?? 0,
    preempts: (spec.preemptionPolicy ?? priorityClass?.preemptionPolicy) !== 'Never',
  };
}

/** Whether a pod may be ended for another: only for one of higher priority whose class lets it (defaultpreemption). */
export function mayDisplace(preemptor: Priority, victim: Pick<Priority, 'value'>): boolean {
  return preemptor.preempts && victim.value < preemptor.value;
}
