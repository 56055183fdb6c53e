import type { Bundle, BundleObject } from '../../bundle/bundle.ts';
import { podTemplates } from '../../checks/reading/pod-template.ts';
import { type LabelSelector, labelMatcher } from '../../core/label-selector.ts';
import { type Target, target } from './object-name.ts';
import { workloadTargets } from './pod-references.ts';

interface NamedSubject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Fields by which objects name others, of all the kinds below. */
interface NamingSpec {
  readonly storageClassName?: string;
  readonly volumeName?: string;
  readonly policyName?: string;
  readonly parent?: string;
  readonly selector?: LabelSelector;
  readonly policyRefs?: readonly { readonly name: string; readonly kind?: string }[];
  readonly claimRef?: { readonly namespace?: string; readonly name: string };
  readonly template?: { readonly spec?: { readonly nodeClassRef?: { readonly kind: string; readonly name: string } } };
}

function ofBinding({ manifest }: BundleObject): readonly Target[] {
  const { namespace } = manifest.metadata;
  const role = manifest.roleRef as unknown as NamedSubject;
  const subjects = (manifest.subjects ?? []) as unknown as readonly NamedSubject[];
  return [
    ...target(role.kind, role.name, 'grants', role.kind === 'Role' ? namespace : undefined),
    ...subjects.flatMap((subject) => {
      const where = subject.kind === 'ServiceAccount' ? (subject.namespace ?? namespace) : undefined;
      return target(subject.kind, subject.name, 'gives rights to', where);
    }),
  ];
}

/** What an object names in its own fields. */
export function specReferences(bundle: Bundle, object: BundleObject): readonly Target[] {
  const { kind, metadata } = object.manifest;
  const spec = (object.manifest.spec ?? {}) as NamingSpec;
  switch (kind) {
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return ofBinding(object);
    case 'PersistentVolumeClaim':
      return [
        ...target('StorageClass', spec.storageClassName, 'is provisioned by'),
        ...target('PersistentVolume', spec.volumeName, 'is bound to'),
      ];
    case 'PersistentVolume':
      return [
        ...target('StorageClass', spec.storageClassName, 'belongs to'),
        ...target('PersistentVolumeClaim', spec.claimRef?.name, 'is kept for', spec.claimRef?.namespace),
      ];
    case 'NodePool': {
      const nodeClass = spec.template?.spec?.nodeClassRef;
      return nodeClass ? target(nodeClass.kind, nodeClass.name, 'launches nodes by') : [];
    }
    case 'ValidatingAdmissionPolicyBinding':
      return target('ValidatingAdmissionPolicy', spec.policyName, 'puts in force');
    case 'PolicyException':
      return (spec.policyRefs ?? []).flatMap((policy) =>
        target(policy.kind ?? 'ValidatingPolicy', policy.name, 'is an exception from'),
      );
    case 'HierarchyConfiguration':
      return target('Namespace', spec.parent, 'is below');
    case 'PodDisruptionBudget': {
      const { selector } = spec;
      if (!selector) return [];
      const own = podTemplates(bundle).filter(({ namespace }) => namespace === metadata.namespace);
      return workloadTargets(
        own.filter(({ labels }) => labelMatcher(selector)(labels)),
        'guards',
      );
    }
    default:
      return [];
  }
}
