import type { Manifest } from '../bundle/bundle.ts';
import { type Json, type JsonObject, objectOr } from '../core/json.ts';
import type { ContainerDefaults, PodDefaults } from './admitted-pod.ts';

/** Classes that every cluster has (Kubernetes 1.36, pkg/apis/scheduling/v1/helpers.go). */
const SYSTEM_PRIORITIES: readonly (readonly [string, number])[] = [
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
];

function containerDefaults({ spec }: Manifest): ContainerDefaults {
  const items = ((objectOr(spec).limits ?? []) as readonly Json[]).map(objectOr);
  const own = items.filter(({ type }) => type === 'Container');
  const merged = (key: string): JsonObject => Object.assign({}, ...own.map((item) => objectOr(item[key])));
  // A request that is missing is the limit where only that has a default.
  return { limits: merged('default'), requests: { ...merged('default'), ...merged('defaultRequest') } };
}

/** What completes pods, out of the objects of a cluster. */
export function podDefaults(manifests: readonly Manifest[]): PodDefaults {
  const classes = manifests.filter(({ kind }) => kind === 'PriorityClass');
  const byDefault = classes.find(({ globalDefault }) => globalDefault === true);
  const runtimeClasses = manifests.filter(({ kind }) => kind === 'RuntimeClass');
  const containers = new Map<string, ContainerDefaults>();
  for (const manifest of manifests) {
    const { namespace } = manifest.metadata;
    if (manifest.kind !== 'LimitRange' || namespace === undefined) continue;
    const [own, known] = [containerDefaults(manifest), containers.get(namespace)];
    const merged = known && {
      limits: { ...own.limits, ...known.limits },
      requests: { ...own.requests, ...known.requests },
    };
    containers.set(namespace, merged ?? own);
  }
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
    containers,
  };
}
