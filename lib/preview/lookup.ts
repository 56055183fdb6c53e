import type { Manifest } from '../bundle/bundle.ts';
import type { BundleContents } from '../bundle/contents.ts';
import type { Json, JsonObject } from '../core/json.ts';
import type { Change } from './change.ts';
import { apiGroup, objectSubject, type Subject, subjectKey } from './subject.ts';

/** Kinds that consequences ask for, as `group/Kind`; the core group is empty. */
export const KINDS = {
  customResourceDefinition: 'apiextensions.k8s.io/CustomResourceDefinition',
  ec2NodeClass: 'karpenter.k8s.aws/EC2NodeClass',
  hierarchicalQuota: 'hnc.x-k8s.io/HierarchicalResourceQuota',
  namespace: '/Namespace',
  networkPolicy: 'networking.k8s.io/NetworkPolicy',
  nodePool: 'karpenter.sh/NodePool',
  priorityClass: 'scheduling.k8s.io/PriorityClass',
  resourceQuota: '/ResourceQuota',
} as const;

export function kindKey(subject: Subject): string {
  return subject.type === 'object' ? `${subject.group}/${subject.kind}` : '';
}

/** Changes of objects of a kind. */
export function changesOf(changes: readonly Change[], kind: string): readonly Change[] {
  return changes.filter(({ subject }) => kindKey(subject) === kind);
}

/** Manifests of a kind. */
export function manifestsOf({ objects }: BundleContents, kind: string): readonly Manifest[] {
  return objects
    .filter(({ manifest }) => `${apiGroup(manifest.apiVersion)}/${manifest.kind}` === kind)
    .map(({ manifest }) => manifest);
}

const INDEXES = new WeakMap<BundleContents, ReadonlyMap<string, Manifest>>();

/** The manifest of a subject, if it is there. Indexed once per Bundle: thousands of changes ask. */
export function manifestOf(contents: BundleContents, subject: Subject): Manifest | undefined {
  let index = INDEXES.get(contents);
  if (!index) {
    index = new Map(contents.objects.map(({ manifest }) => [subjectKey(objectSubject(manifest)), manifest]));
    INDEXES.set(contents, index);
  }
  return index.get(subjectKey(subject));
}

/** Names of the namespaces that are new: what is new in them touches nobody. */
export function newNamespaces(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(
    changesOf(changes, KINDS.namespace).flatMap(({ action, subject }) =>
      action === 'added' && 'name' in subject ? [subject.name] : [],
    ),
  );
}

/** The value at keys such as `spec.template.spec`. */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((at, key) => {
    return typeof at === 'object' && at !== null && !Array.isArray(at) ? (at as JsonObject)[key] : undefined;
  }, value);
}

export function mapAt(value: Json | undefined, path: string): JsonObject {
  const found = valueAt(value, path);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as JsonObject) : {};
}

export function listAt(value: Json | undefined, path: string): readonly Json[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

/** The text at the path; numbers as text, empty where there is neither. */
export function textAt(value: Json | undefined, path: string): string {
  const found = valueAt(value, path);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}
