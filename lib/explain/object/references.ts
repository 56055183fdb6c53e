import type { Bundle, BundleObject } from '../../bundle/bundle.ts';
import { configurationReferences } from '../../checks/reading/configuration-reference.ts';
import { inventoryOf } from '../../checks/reading/inventory.ts';
import { governedPods, networkPolicies } from '../../checks/reading/network-policy.ts';
import { type PodTemplate, podTemplates } from '../../checks/reading/pod-template.ts';
import { remember } from '../../checks/reading/remember.ts';
import { monitorsOf } from '../../checks/reading/service-monitor.ts';
import { podsOfService } from '../../checks/reading/service-target.ts';
import { webhooksOf } from '../../checks/reading/webhook.ts';
import type { LabelSelector, Labels } from '../../core/label-selector.ts';
import { labelMatcher } from '../../core/label-selector.ts';

/** What an object is known by. Cluster-scoped ones have no namespace. */
export interface ObjectName {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** That one object needs, selects or names another one. */
export interface Reference {
  readonly from: ObjectName;
  readonly to: ObjectName;
  /** `uses`, `selects`, `runs as`: how. */
  readonly how: string;
}

export function nameOf({ manifest: { kind, metadata } }: BundleObject): ObjectName {
  const { name, namespace } = metadata;
  return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

export function isSameObject(a: ObjectName, b: ObjectName): boolean {
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}

interface NamedSubject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

interface AnySpec {
  readonly storageClassName?: string;
  readonly volumeName?: string;
  readonly policyName?: string;
  readonly parent?: string;
  readonly selector?: LabelSelector;
  readonly policyRefs?: readonly { readonly name: string; readonly kind?: string }[];
  readonly claimRef?: { readonly namespace?: string; readonly name: string };
  readonly template?: { readonly spec?: { readonly nodeClassRef?: { readonly kind: string; readonly name: string } } };
}

type Found = Omit<Reference, 'from'>;

function ofPods(template: PodTemplate): readonly Found[] {
  const { namespace, spec } = template;
  const here = (kind: string, name: string | undefined, how: string): readonly Found[] =>
    name === undefined || name === '' ? [] : [{ to: { kind, namespace, name }, how }];
  const cluster = (kind: string, name: string | undefined, how: string): readonly Found[] =>
    name === undefined || name === '' ? [] : [{ to: { kind, name }, how }];
  return [
    ...here('ServiceAccount', spec.serviceAccountName, 'runs as'),
    ...configurationReferences(template).flatMap(({ kind, name }) => here(kind, name, 'reads')),
    ...(spec.volumes ?? []).flatMap((volume) =>
      here('PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName, 'mounts'),
    ),
    ...cluster('PriorityClass', spec.priorityClassName, 'has class'),
    ...cluster('RuntimeClass', spec.runtimeClassName, 'has class'),
  ];
}

/** Workloads of the Bundle whose pods are meant, as objects. */
function workloads(pods: readonly PodTemplate[], how: string): readonly Found[] {
  return pods.flatMap(({ object }) => (object ? [{ to: nameOf(object), how }] : []));
}

function ofBinding({ manifest }: BundleObject): readonly Found[] {
  const { namespace } = manifest.metadata;
  const role = manifest.roleRef as unknown as NamedSubject | undefined;
  const subjects = (manifest.subjects ?? []) as unknown as readonly NamedSubject[];
  if (!role) return [];
  const { kind, name } = role;
  return [
    { to: { kind, name, ...(kind === 'Role' && namespace !== undefined ? { namespace } : {}) }, how: 'grants' },
    ...subjects.map((subject): Found => {
      const where = subject.kind === 'ServiceAccount' ? (subject.namespace ?? namespace) : undefined;
      const to = { kind: subject.kind, name: subject.name, ...(where === undefined ? {} : { namespace: where }) };
      return { to, how: 'gives rights to' };
    }),
  ];
}

function ofSpec(bundle: Bundle, { manifest }: BundleObject): readonly Found[] {
  const { namespace } = manifest.metadata;
  const spec = (manifest.spec ?? {}) as AnySpec;
  const cluster = (kind: string, name: string | undefined, how: string): readonly Found[] =>
    name === undefined || name === '' ? [] : [{ to: { kind, name }, how }];
  switch (manifest.kind) {
    case 'PersistentVolumeClaim':
      return [
        ...cluster('StorageClass', spec.storageClassName, 'is of class'),
        ...cluster('PersistentVolume', spec.volumeName, 'is bound to'),
      ];
    case 'PersistentVolume': {
      const { claimRef } = spec;
      const { namespace: where, name } = claimRef ?? { name: '' };
      return [
        ...cluster('StorageClass', spec.storageClassName, 'is of class'),
        ...(claimRef
          ? [
              {
                to: { kind: 'PersistentVolumeClaim', name, ...(where === undefined ? {} : { namespace: where }) },
                how: 'is kept for',
              },
            ]
          : []),
      ];
    }
    case 'NodePool': {
      const of = spec.template?.spec?.nodeClassRef;
      return of ? cluster(of.kind, of.name, 'boots by') : [];
    }
    case 'ValidatingAdmissionPolicyBinding':
      return cluster('ValidatingAdmissionPolicy', spec.policyName, 'puts in force');
    case 'PolicyException':
      return (spec.policyRefs ?? []).flatMap(({ name, kind = 'ValidatingPolicy' }) =>
        cluster(kind, name, 'excepts from'),
      );
    case 'HierarchyConfiguration':
      return cluster('Namespace', spec.parent, 'is below');
    case 'PodDisruptionBudget': {
      const { selector } = spec;
      if (!selector) return [];
      const pods = podTemplates(bundle).filter(
        (pod) => pod.namespace === namespace && labelMatcher(selector)(pod.labels),
      );
      return workloads(pods, 'guards');
    }
    default:
      return [];
  }
}

function serviceReferences(bundle: Bundle): readonly Reference[] {
  const inventory = inventoryOf(bundle);
  const services = inventory.ofKind('Service');
  const labelsOf = ({ manifest }: BundleObject): Labels => (manifest.metadata.labels ?? {}) as Labels;
  return [
    ...services.flatMap((service) =>
      workloads(podsOfService(bundle, service), 'sends to').map((found) => ({ from: nameOf(service), ...found })),
    ),
    ...webhooksOf(bundle).map(({ object, service: { namespace, name } }) => ({
      from: nameOf(object),
      to: { kind: 'Service', namespace, name },
      how: 'calls',
    })),
    ...monitorsOf(bundle).flatMap(({ object, namespaces, selector }) =>
      services
        .filter((service) => namespaces.includes(service.manifest.metadata.namespace ?? ''))
        .filter((service) => labelMatcher(selector)(labelsOf(service)))
        .map((service) => ({ from: nameOf(object), to: nameOf(service), how: 'scrapes' })),
    ),
    ...networkPolicies(bundle).flatMap((policy) =>
      workloads(governedPods(bundle, policy), 'restricts').map((found) => ({ from: nameOf(policy.object), ...found })),
    ),
  ];
}

/** Every reference between objects of a Bundle that rules of `check` know how to read. */
export const referencesOf: (bundle: Bundle) => readonly Reference[] = remember((bundle) => [
  ...bundle.objects.flatMap((object) => {
    const from = nameOf(object);
    const { namespace } = from;
    return [
      ...(namespace === undefined ? [] : [{ to: { kind: 'Namespace', name: namespace }, how: 'lives in' }]),
      ...ofBinding(object),
      ...ofSpec(bundle, object),
    ].map((found): Reference => ({ from, ...found }));
  }),
  ...podTemplates(bundle).flatMap((template) => {
    const { object } = template;
    return object ? ofPods(template).map((found): Reference => ({ from: nameOf(object), ...found })) : [];
  }),
  ...serviceReferences(bundle),
]);
