import { type ApiClient, messageOf } from './api-client.ts';
import { ClusterError } from './cluster-error.ts';

/** How the API server serves a kind. */
export interface ServedKind {
  /** `/apis/apps/v1`, or `/api/v1`. */
  readonly root: string;
  /** `deployments` */
  readonly resource: string;
  readonly namespaced: boolean;
}

/** Kinds by `<apiVersion>/<kind>`. */
export type ServedKinds = ReadonlyMap<string, ServedKind>;

interface GroupDiscovery {
  readonly metadata: { readonly name?: string };
  readonly versions?: readonly {
    readonly version: string;
    readonly resources?: readonly {
      readonly resource: string;
      readonly scope: 'Namespaced' | 'Cluster';
      readonly responseKind: { readonly kind: string };
    }[];
  }[];
}

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Asks the server for every kind it serves, in two requests. */
export async function discoverKinds(client: ApiClient): Promise<ServedKinds> {
  const kinds = new Map<string, ServedKind>();
  for (const path of ['/api', '/apis']) {
    const answer = await client.send({ method: 'GET', path, accept: AGGREGATED });
    if (answer.status !== 200) throw new ClusterError(`The API server does not list its kinds: ${messageOf(answer)}`);
    const { items = [] } = answer.body as { items?: readonly GroupDiscovery[] };
    for (const { metadata, versions = [] } of items) {
      for (const { version, resources = [] } of versions) {
        const apiVersion = metadata.name ? `${metadata.name}/${version}` : version;
        const root = metadata.name ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
        for (const { resource, scope, responseKind } of resources) {
          kinds.set(`${apiVersion}/${responseKind.kind}`, { root, resource, namespaced: scope === 'Namespaced' });
        }
      }
    }
  }
  return kinds;
}

/** Path of one object; undefined where the server does not know its kind. */
export function objectUrl(
  kinds: ServedKinds,
  apiVersion: string,
  kind: string,
  metadata: { readonly name: string; readonly namespace?: string },
): string | undefined {
  const served = kinds.get(`${apiVersion}/${kind}`);
  if (served === undefined) return undefined;
  const within = served.namespaced ? `/namespaces/${encodeURIComponent(metadata.namespace ?? 'default')}` : '';
  return `${served.root}${within}/${served.resource}/${encodeURIComponent(metadata.name)}`;
}
