import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { kubernetesObject } from '../constructs/kubernetes-object.ts';

/** Group of the Hierarchical Namespace Controller, and the version that its release 1.1.0 serves. */
export const HNC_GROUP = 'hnc.x-k8s.io';
export const HNC_VERSION = 'v1alpha2';
const API_VERSION = `${HNC_GROUP}/${HNC_VERSION}`;

/** A label for a namespace and all below it; its key matches a `--managed-namespace-label` of the manager. */
export interface ManagedLabel {
  readonly key: string;
  readonly value: string;
}

/**
 * hnc.x-k8s.io/v1alpha2 HierarchyConfiguration: the place of a namespace in the tree. Without `allowCascadingDeletion`,
 * which is false by default: the manager strikes a false out whenever it writes the object, so whoever applies one and
 * the manager would undo each other for ever.
 */
export interface HierarchyConfigurationSpec {
  /** The namespace above; none for a root. */
  readonly parent?: string;
  readonly labels?: readonly ManagedLabel[];
}

/** hnc.x-k8s.io/v1alpha2 HNCConfiguration: what is copied down the trees beside Roles and RoleBindings. */
export interface HncConfigurationSpec {
  readonly resources: readonly {
    /** Left out for the core group. */
    readonly group?: string;
    readonly resource: string;
    readonly mode: 'Propagate' | 'Ignore' | 'Remove' | 'AllowPropagate';
  }[];
}

/** hnc.x-k8s.io/v1alpha2 HierarchicalResourceQuota: a limit on a namespace and all below it together. */
export interface HierarchicalResourceQuotaSpec {
  /** As `hard` of a ResourceQuota; the manager tries it on one. */
  readonly hard: Readonly<Record<string, string>>;
}

/** The place of a namespace; HNC knows it by one name only. */
export function hierarchyConfiguration(
  scope: Construct,
  id: string,
  namespace: string,
  spec: HierarchyConfigurationSpec,
): ApiObject {
  const metadata = { name: 'hierarchy', namespace };
  return kubernetesObject(scope, id, {
    apiVersion: API_VERSION,
    kind: 'HierarchyConfiguration',
    metadata,
    body: { spec },
  });
}

/** The one configuration of the cluster. */
export function hncConfiguration(scope: Construct, id: string, spec: HncConfigurationSpec): ApiObject {
  const metadata = { name: 'config' };
  return kubernetesObject(scope, id, { apiVersion: API_VERSION, kind: 'HNCConfiguration', metadata, body: { spec } });
}

export function hierarchicalResourceQuota(
  scope: Construct,
  id: string,
  metadata: { readonly name: string; readonly namespace: string },
  spec: HierarchicalResourceQuotaSpec,
): ApiObject {
  return kubernetesObject(scope, id, {
    apiVersion: API_VERSION,
    kind: 'HierarchicalResourceQuota',
    metadata,
    body: { spec },
  });
}
