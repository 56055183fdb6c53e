import type { Manifest } from '../bundle/bundle.ts';
import { type JsonObject, objectOr } from '../core/json.ts';
import type { PodDefaults } from './admitted-pod.ts';
import { containerDefaults } from './container-defaults.ts';

/** Classes that every cluster has (Kubernetes 1.36, pkg/apis/scheduling/v1/helpers.go). */
const SYSTEM_PRIORITIES: readonly (readonly [string, number])[] = [
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
];

/** Kinds of objects that {@link podDefaults} reads. */
export const COMPLETING_KINDS: ReadonlySet<string> = new Set([
  'PriorityClass',
  'RuntimeClass',
  'LimitRange',
  'HierarchyConfiguration',
  'HNCConfiguration',
]);

/** What completes pods, out of the objects of a cluster. */
export function podDefaults(manifests: readonly Manifest[]): PodDefaults {
  const classes = manifests.filter(({ kind }) => kind === 'PriorityClass');
  const byDefault = classes.find(({ globalDefault }) => globalDefault === true);
  const runtimeClasses = manifests.filter(({ kind }) => kind === 'RuntimeClass');
  return {
    priorities: new Map([
      ...SYSTEM_PRIORITIES,
      ...classes.map(({ metadata, value }): [string, number] => [metadata.name, Number(value)]),
    ]),
    ...(byDefault ? { defaultPriority: { name: byDefault.metadata.name, value: Number(byDefault.value) } } : {}),
    overheads: new Map(
      runtimeClasses.flatMap(({ metadata, overhead }): readonly [string, JsonObject][] => {
        const added = objectOr(overhead).podFixed;
        return added === undefined ? [] : [[metadata.name, objectOr(added)]];
      }),
    ),
    containers: containerDefaults(manifests),
  };
}
