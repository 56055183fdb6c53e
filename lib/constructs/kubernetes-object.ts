import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

export interface ObjectMetadata {
  readonly name: string;
  /** Left out for cluster-scoped kinds. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface KubernetesObjectProps {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  /** Everything beside apiVersion, kind and metadata: usually `{ spec }`. */
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * An object of a kind that cdk8s-plus-29 does not have or has too old. The factories of lib/crds give the body its
 * type; names are explicit, so that moving a construct never renames an object.
 */
export function kubernetesObject(scope: Construct, id: string, props: KubernetesObjectProps): ApiObject {
  const { apiVersion, kind, metadata, body } = props;
  return new ApiObject(scope, id, { apiVersion, kind, metadata: { ...metadata }, ...body });
}
