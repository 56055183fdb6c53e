import type { Manifest } from '../bundle/bundle.ts';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { type Json, type JsonObject, objectOr } from '../core/json.ts';

/** What LimitRanges fill in where containers state nothing. */
export interface ContainerDefaults {
  readonly limits: JsonObject;
  readonly requests: JsonObject;
}

const itemsOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).map(objectOr) : [];

function defaultsOf(limitRanges: readonly Manifest[]): ContainerDefaults {
  const items = limitRanges.flatMap(({ spec }) => itemsOf(objectOr(spec).limits));
  const merged = (key: string): JsonObject =>
    Object.assign({}, ...items.filter(({ type }) => type === 'Container').map((item) => objectOr(item[key])));
  // A request that is missing is the limit where only that has a default.
  return { limits: merged('default'), requests: { ...merged('default'), ...merged('defaultRequest') } };
}

/** Whether HNC copies LimitRanges down the tree. */
function propagates(manifests: readonly Manifest[]): boolean {
  return manifests
    .filter(({ kind }) => kind === 'HNCConfiguration')
    .flatMap(({ spec }) => itemsOf(objectOr(spec).resources))
    .some(({ resource, mode }) => resource === 'limitranges' && mode === 'Propagate');
}

/** Whether HNC keeps an object out of a subtree, of which `path` are the namespaces on the way down. */
function isKeptOut({ metadata }: Manifest, path: readonly string[]): boolean {
  const annotations = objectOr(metadata.annotations);
  if (annotations[ANNOTATIONS.hncPropagateNone] === 'true') return true;
  const left = String(annotations[ANNOTATIONS.hncPropagateTree] ?? '').split(',');
  return left.some((entry) => entry.startsWith('!') && path.includes(entry.slice(1).trim()));
}

/**
 * What is filled in in a namespace: by its own LimitRanges, and by those that HNC copies from the namespaces above
 * (HNC 1.1.0, internal/objects and internal/selectors).
 */
export function containerDefaults(manifests: readonly Manifest[]): (namespace: string) => ContainerDefaults {
  const ranges = new Map<string, Manifest[]>();
  const parents = new Map<string, string>();
  for (const manifest of manifests) {
    const { namespace } = manifest.metadata;
    if (namespace === undefined) continue;
    const parent = objectOr(manifest.spec).parent;
    if (manifest.kind === 'HierarchyConfiguration' && typeof parent === 'string') parents.set(namespace, parent);
    if (manifest.kind !== 'LimitRange') continue;
    const known = ranges.get(namespace);
    if (known) known.push(manifest);
    else ranges.set(namespace, [manifest]);
  }
  const inherits = propagates(manifests);
  return (namespace) => {
    const found = [...(ranges.get(namespace) ?? [])];
    const path = [namespace];
    let above = inherits ? parents.get(namespace) : undefined;
    while (above !== undefined && !path.includes(above)) {
      found.push(...(ranges.get(above) ?? []).filter((range) => !isKeptOut(range, path)));
      path.push(above);
      above = parents.get(above);
    }
    return defaultsOf(found);
  };
}
