import type { Labels } from '../core/label-selector.ts';
import type { DisruptionBudget } from './disruption-budget.ts';
import type { Node } from './node.ts';
import { type NodeState, readNode } from './node-state.ts';
import type { Pod } from './pod.ts';
import { type PodState, readPod } from './pod-state.ts';
import type { PriorityClass } from './priority.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from './volume.ts';

/** Everything of a cluster that decides where a pod may run. */
export interface ClusterObjects {
  readonly nodes: readonly Node[];
  /** Those with a `nodeName` take room; the others, and those that have ended, count nothing. */
  readonly pods?: readonly Pod[];
  /** Labels by namespace, for terms that select namespaces. */
  readonly namespaces?: Readonly<Record<string, Labels>>;
  readonly priorityClasses?: readonly PriorityClass[];
  readonly persistentVolumes?: readonly PersistentVolume[];
  readonly persistentVolumeClaims?: readonly PersistentVolumeClaim[];
  readonly storageClasses?: readonly StorageClass[];
  readonly disruptionBudgets?: readonly DisruptionBudget[];
}

/** A cluster as the scheduler sees it in one cycle. */
export interface Snapshot {
  readonly nodes: readonly NodeState[];
  readonly namespaces: Readonly<Record<string, Labels>>;
  readonly priorityClasses: readonly PriorityClass[];
  readonly volumes: ReadonlyMap<string, PersistentVolume>;
  /** By `namespace/name`. */
  readonly claims: ReadonlyMap<string, PersistentVolumeClaim>;
  readonly storageClasses: ReadonlyMap<string, StorageClass>;
  readonly disruptionBudgets: readonly DisruptionBudget[];
  /** Pods that were on the nodes before preemption tried to do without them. */
  readonly takenOff: readonly PodState[];
}

const hasEnded = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

/** Name of a claim in a snapshot. */
export const claimKey = (namespace: string, name: string): string => `${namespace}/${name}`;

/** Reads the objects of a cluster once, for many verdicts. */
export function takeSnapshot(objects: ClusterObjects): Snapshot {
  const { priorityClasses = [] } = objects;
  const placed = new Map<string, PodState[]>(objects.nodes.map(({ metadata }) => [metadata.name, []]));
  for (const pod of objects.pods ?? []) {
    if (!hasEnded(pod)) placed.get(pod.spec.nodeName ?? '')?.push(readPod(pod, priorityClasses));
  }
  const byName = <T extends { readonly metadata: { readonly name: string } }>(all: readonly T[] = []) =>
    new Map(all.map((each) => [each.metadata.name, each]));
  return {
    nodes: objects.nodes.map((node) => readNode(node, placed.get(node.metadata.name) ?? [])),
    namespaces: objects.namespaces ?? {},
    priorityClasses,
    volumes: byName(objects.persistentVolumes),
    claims: new Map(
      (objects.persistentVolumeClaims ?? []).map((claim) => [
        claimKey(claim.metadata.namespace ?? 'default', claim.metadata.name),
        claim,
      ]),
    ),
    storageClasses: byName(objects.storageClasses),
    disruptionBudgets: objects.disruptionBudgets ?? [],
    takenOff: [],
  };
}
