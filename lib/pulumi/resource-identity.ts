import type { BundleRelease, Manifest } from '../bundle/bundle.ts';

/**
 * What Pulumi knows a resource by. Changing either part makes another resource of it: one is made and the other
 * deleted, on the cluster as well.
 */
export interface ResourceIdentity {
  /** `kubernetes:apps/v1:Deployment` */
  readonly type: string;
  /** `Deployment/hnc-system/hnc-controller-manager`, `Namespace/genomics` */
  readonly name: string;
}

/** Type of every release in Pulumi, whatever Helm is inside the provider. */
export const RELEASE_TYPE = 'kubernetes:helm.sh/v3:Release';

/** The core group, which has no name in Kubernetes, is `core` to Pulumi (pulumi-kubernetes, gvkFromURN). */
export function objectIdentity({ apiVersion, kind, metadata }: Manifest): ResourceIdentity {
  const version = apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`;
  const place = metadata.namespace === undefined ? '' : `${metadata.namespace}/`;
  return { type: `kubernetes:${version}:${kind}`, name: `${kind}/${place}${metadata.name}` };
}

export function releaseIdentity({ name, namespace }: Pick<BundleRelease, 'name' | 'namespace'>): ResourceIdentity {
  return { type: RELEASE_TYPE, name: `Release/${namespace}/${name}` };
}
