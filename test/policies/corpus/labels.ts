import type { Manifest } from '../../../lib/bundle/bundle.ts';
import type { JsonObject } from '../../../lib/core/json.ts';
import { type CorpusCase, refused } from './case.ts';

/** Somebody who may write namespaces and anchors, but not the policies. */
export const NAMESPACE_EDITOR = 'alice@example.org';

const namespace = (name: string, labels?: JsonObject): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, ...(labels ? { labels } : {}) },
});

const anchor = (labels?: readonly JsonObject[]): Manifest => ({
  apiVersion: 'hnc.x-k8s.io/v1alpha2',
  kind: 'SubnamespaceAnchor',
  metadata: { name: 'vision-below', namespace: 'vision' },
  ...(labels ? { spec: { labels } } : {}),
});

const relabelled = (name: string, labels: JsonObject): Pick<CorpusCase, 'object' | 'update' | 'as'> => ({
  object: namespace(name),
  update: { patch: { metadata: { labels } } },
  as: NAMESPACE_EDITOR,
});

/** Labels that the other rules rest on. The namespaces exist; updates begin from what is there. */
export const LABEL_CASES: readonly CorpusCase[] = [
  ...refused('protected-labels', [
    {
      title: 'allows GPUs in a namespace',
      ...relabelled('tabular', { 'atelier.dev/gpu': 'allowed' }),
      says: 'Label "atelier.dev/gpu" decides which policies hold in a namespace',
    },
    { title: 'takes the tier off a namespace', ...relabelled('tabular', { 'atelier.dev/tier': null }) },
    { title: 'makes a namespace a course', ...relabelled('vision', { 'atelier.dev/tier': 'course' }) },
    {
      title: 'lowers the Pod Security level of a namespace',
      ...relabelled('vision', { 'pod-security.kubernetes.io/enforce': 'privileged' }),
      says: 'Label "pod-security.kubernetes.io/enforce"',
    },
    {
      title: 'makes a namespace with GPUs',
      object: namespace('own', { 'atelier.dev/gpu': 'allowed' }),
      as: NAMESPACE_EDITOR,
    },
  ]),
  ...refused('protected-labels-hierarchy', [
    {
      title: 'makes a namespace with GPUs below its own',
      object: anchor([{ key: 'atelier.dev/gpu', value: 'allowed' }]),
      as: NAMESPACE_EDITOR,
      says: 'Label "atelier.dev/gpu" decides which policies hold in a namespace',
    },
    {
      title: 'makes a namespace of another tier below its own',
      object: anchor([{ key: 'atelier.dev/tier', value: 'platform' }]),
      as: NAMESPACE_EDITOR,
    },
  ]),
  { title: 'labels a namespace', ...relabelled('tabular', { team: 'tabular' }) },
  { title: 'makes a namespace', object: namespace('own'), as: NAMESPACE_EDITOR },
  { title: 'makes a namespace below its own', object: anchor(), as: NAMESPACE_EDITOR },
  {
    title: 'gives a namespace below its own a label of no consequence',
    object: anchor([{ key: 'team', value: 'vision' }]),
    as: NAMESPACE_EDITOR,
  },
  {
    title: 'sets a Pod Security level in other software',
    ...relabelled('other-software', { 'pod-security.kubernetes.io/enforce': 'baseline' }),
  },
  {
    title: 'is allowed GPUs by an administrator',
    object: namespace('tabular'),
    update: { patch: { metadata: { labels: { 'atelier.dev/gpu': 'allowed' } } } },
  },
];
