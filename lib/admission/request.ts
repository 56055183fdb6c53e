import type { Manifest } from '../bundle/bundle.ts';
import type { JsonObject } from '../core/json.ts';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE';

/** Who sends a request. */
export interface RequestUser {
  readonly username: string;
  readonly groups: readonly string[];
}

/** A request as the API server shows it to admission policies: after it filled in defaults, before it stores anything. */
export interface AdmissionRequest {
  readonly operation: Operation;
  readonly object: Manifest;
  /** The object as it is now, where it is changed or removed. */
  readonly oldObject?: Manifest;
  /** `resize`, `status`; none where the object itself is written. */
  readonly subresource?: string;
  /** The namespace that the object lives in; none for objects without one. */
  readonly namespace?: Manifest;
  /** `undefined`: nobody knows, and what hangs on it is not decided. */
  readonly user?: RequestUser;
}

/** API group, version and resource (plural, lower case) of an object. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

/** Kubernetes' own way to make a resource's name of a kind (apimachinery, meta.UnsafeGuessKindToResource). */
function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith('endpoints')) return name;
  if (name.endsWith('s')) return `${name}es`;
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}

export function resourceOf({ apiVersion, kind }: Manifest): Resource {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return { group, version, resource: pluralOf(kind) };
}

/** `request` of CEL (admission.k8s.io/v1 AdmissionRequest); who sends it is left out where nobody knows. */
export function requestObject({ operation, object, subresource, user }: AdmissionRequest): JsonObject {
  const { group, version, resource } = resourceOf(object);
  const kind = { group, version, kind: object.kind };
  const resourceKind = { group, version, resource };
  const { name, namespace } = object.metadata;
  return {
    operation,
    kind,
    requestKind: kind,
    resource: resourceKind,
    requestResource: resourceKind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(subresource === undefined ? {} : { subResource: subresource, requestSubResource: subresource }),
    ...(user === undefined ? {} : { userInfo: { username: user.username, groups: [...user.groups] } }),
    dryRun: false,
  };
}
