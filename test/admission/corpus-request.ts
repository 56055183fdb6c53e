import { admittedObject } from '../../lib/admission/admitted-object.ts';
import { podDefaults } from '../../lib/admission/pod-defaults.ts';
import type { AdmissionRequest, RequestUser } from '../../lib/admission/request.ts';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import { type Json, type JsonObject, objectOr } from '../../lib/core/json.ts';
import type { CorpusCase } from '../policies/corpus.ts';

/** Lists of pods that a strategic merge patch merges by name. */
const isNamed = (items: readonly Json[]): items is readonly (JsonObject & { readonly name: string })[] =>
  items.every((item) => typeof objectOr(item).name === 'string');

/** A strategic merge patch, as far as the corpus uses it: maps merge, null removes, lists of named items merge by name. */
function patched(value: Json | undefined, patch: Json): Json {
  if (Array.isArray(patch) && Array.isArray(value) && isNamed(patch) && isNamed(value)) {
    const changed = value.map((item) => {
      const change = patch.find(({ name }) => name === item.name);
      return change === undefined ? item : patched(item, change);
    });
    return [...changed, ...patch.filter(({ name }) => !value.some((item) => item.name === name))];
  }
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const merged: Record<string, Json | undefined> = { ...objectOr(value) };
  for (const [key, each] of Object.entries(patch as JsonObject)) {
    if (each === null) delete merged[key];
    else if (each !== undefined) merged[key] = patched(merged[key], each);
  }
  return merged as JsonObject;
}

/** What a namespace's own labels get from the API server. */
function withName(namespace: Manifest): Manifest {
  const labels = { 'kubernetes.io/metadata.name': namespace.metadata.name, ...objectOr(namespace.metadata.labels) };
  return { ...namespace, metadata: { ...namespace.metadata, labels } };
}

/** A case of the bypass corpus as the API server shows it to policies, in a cluster that holds `setup`. */
export function corpusRequest(
  { object, update, as }: CorpusCase,
  setup: readonly Manifest[],
  created: string,
): AdmissionRequest {
  const defaults = podDefaults(setup);
  const namespaces = setup.filter(({ kind }) => kind === 'Namespace').map(withName);
  const existing = namespaces.find(({ metadata }) => metadata.name === object.metadata.name);
  const made = admittedObject(object, defaults, created);
  const before = object.kind === 'Namespace' ? ((update && existing) ?? withName(made)) : made;
  const namespace =
    object.metadata.namespace === undefined
      ? undefined
      : (namespaces.find(({ metadata }) => metadata.name === object.metadata.namespace) ??
        withName({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: object.metadata.namespace } }));
  const user: RequestUser | undefined =
    as === undefined ? undefined : { username: as, groups: ['system:authenticated'] };
  const after = update ? (patched(before, update.patch) as Manifest) : before;
  return {
    operation: update ? 'UPDATE' : 'CREATE',
    object: after,
    ...(update ? { oldObject: before } : {}),
    ...(update?.subresource ? { subresource: update.subresource } : {}),
    ...(namespace ? { namespace } : {}),
    ...(user ? { user } : {}),
  };
}
