import fc from 'fast-check';
import { LABELS } from '../../../lib/catalog/labels.ts';

/** Names of which every case uses some: few, so that they meet. */
export const NAMESPACES = { 'case-a': { team: 'red' }, 'case-b': { team: 'blue' } } as const;
export const NODE_NAMES = ['node-0', 'node-1', 'node-2', 'node-3', 'node-4', 'node-5'] as const;
export const TOPOLOGY_KEYS = [LABELS.hostname, LABELS.zone, 'disk'] as const;
export const GPU = 'example.com/gpu';
export const PRIORITY_CLASSES = [
  { metadata: { name: 'case-low' }, value: -10, preemptionPolicy: 'Never' },
  { metadata: { name: 'case-default' }, value: 5, globalDefault: true, preemptionPolicy: 'Never' },
  { metadata: { name: 'case-patient' }, value: 500, preemptionPolicy: 'Never' },
  { metadata: { name: 'case-high' }, value: 1000, preemptionPolicy: 'PreemptLowerPriority' },
] as const;
/** What the runtime class of some cases adds to a pod. */
export const RUNTIME_CLASS = { name: 'case-heavy', overhead: { cpu: '250m', memory: '64Mi' } } as const;

/** A part that is there in one case of `n`; shrinks to being left out. */
export function sometimes<T>(arbitrary: fc.Arbitrary<T>, n: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: n - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** Leaves out what is undefined, as manifests do. */
export function defined<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
