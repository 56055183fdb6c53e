import { admittedObject } from '../../admission/admitted-object.ts';
import type { PodDefaults } from '../../admission/admitted-pod.ts';
import { judgeByEach } from '../../admission/judge.ts';
import { COMPLETING_KINDS, podDefaults } from '../../admission/pod-defaults.ts';
import type { AdmissionPolicy } from '../../admission/policy.ts';
import { readPolicies } from '../../admission/read-policies.ts';
import type { PolicyVerdict } from '../../admission/verdict.ts';
import type { Manifest } from '../../bundle/bundle.ts';
import type { BundleContents } from '../../bundle/contents.ts';

/** What one version of an environment says at admission. */
export interface AdmissionSide {
  readonly policies: readonly AdmissionPolicy[];
  readonly namespaces: ReadonlyMap<string, Manifest>;
  readonly defaults: PodDefaults;
}

/** What a policy would see of a namespace that is not in the Bundle: no labels of ours. */
export const bareNamespace = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

export function admissionSide(contents: BundleContents): AdmissionSide {
  const manifests = contents.objects.map(({ manifest }) => manifest);
  const namespaces = manifests.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace');
  return {
    policies: readPolicies(contents),
    namespaces: new Map(namespaces.map((manifest) => [manifest.metadata.name, manifest])),
    defaults: podDefaults(manifests.filter(({ kind }) => COMPLETING_KINDS.has(kind))),
  };
}

/**
 * Every exception with an end is in force in a replay: a preview knows no clock, and conditions compare the end with the
 * time an object was made.
 */
const BEFORE_EVERY_END = '1970-01-01T00:00:00Z';

/** What each policy that is about a new object makes of it. */
export function judgeNew(side: AdmissionSide, manifest: Manifest): readonly PolicyVerdict[] {
  const { namespace } = manifest.metadata;
  return judgeByEach(side.policies, {
    operation: 'CREATE',
    object: admittedObject(manifest, side.defaults, BEFORE_EVERY_END),
    ...(namespace === undefined ? {} : { namespace: side.namespaces.get(namespace) ?? bareNamespace(namespace) }),
  });
}
