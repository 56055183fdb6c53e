import type { Json } from '../core/json.ts';
import { fieldKeys, type Segment } from '../preview/change.ts';
import type { Subject } from '../preview/subject.ts';

/** API groups whose objects the provider reads into Kubernetes' own types (its kinds.KnownGroupVersions). */
const BUILT_IN = /^(|apps|autoscaling|batch|policy|[a-z.-]+\.k8s\.io)$/;
/** Groups of that form that are custom resources, and CRDs, which the provider leaves alone. */
const CUSTOM: ReadonlySet<string> = new Set(['apiextensions.k8s.io', 'karpenter.k8s.aws', 'hnc.x-k8s.io']);

/** Fields that are no pointers in Kubernetes' types, so that these values and absence are one. */
const SCALARS: Readonly<Record<string, Json>> = {
  'PriorityClass globalDefault': false,
  'PersistentVolume spec.storageClassName': '',
};
/** The same of maps; an empty selector of another name selects everything, and its absence nothing. */
const MAPS: ReadonlySet<string> = new Set([
  'annotations',
  'data',
  'labels',
  'limits',
  'matchLabels',
  'nodeSelector',
  'requests',
]);

/**
 * Whether the provider leaves out a value because it means the same as none: it reads objects into Kubernetes' types
 * and writes them again (pulumi-kubernetes 4.34.2 provider.go normalizeInputs, clients.Normalize).
 */
export function isDroppedDefault(subject: Subject, path: readonly Segment[], value: Json): boolean {
  if (subject.type !== 'object' || !BUILT_IN.test(subject.group) || CUSTOM.has(subject.group)) return false;
  if (Array.isArray(value)) return value.length === 0;
  const keys = fieldKeys(path);
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length === 0 && MAPS.has(keys.at(-1) ?? '');
  }
  return SCALARS[`${subject.kind} ${keys.join('.')}`] === value;
}
