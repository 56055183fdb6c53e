import { type CorpusCase, container, devices, pod, refused } from './case.ts';

const ofClass = (namespace: string, priorityClassName: string, more = {}) =>
  pod(namespace, { priorityClassName, ...more });

/** Priority classes; `foreign-high` (500000) belongs to other software of the cluster. */
export const PRIORITY_CASES: readonly CorpusCase[] = [
  ...refused('allowed-priorities', [
    {
      title: 'uses the class of courses as a tenant',
      object: ofClass('tabular', 'atelier-course'),
      says:
        'PriorityClass "atelier-course" with priority 1000 is not for pods of namespace "tabular" (tier tenant). ' +
        'Allowed here: atelier-low (-8), atelier-batch (-6), atelier-hub (-4), atelier-default (0). ' +
        'Use one of these, or ask ml-platform@example.org.',
    },
    { title: 'uses the class of the platform as a tenant', object: ofClass('vision', 'atelier-infrastructure') },
    { title: 'uses the class of placeholders as a tenant', object: ofClass('tabular', 'atelier-placeholder') },
    {
      title: 'uses a class of Kubernetes as a tenant',
      object: ofClass('tabular', 'system-cluster-critical'),
      says: 'PriorityClass "system-cluster-critical" with priority 2000000000',
    },
    { title: 'uses a class of Kubernetes in a course', object: ofClass('teaching', 'system-node-critical') },
    { title: 'uses a class of other software as a tenant', object: ofClass('tabular', 'foreign-high') },
    { title: 'uses batch in a course', object: ofClass('teaching', 'atelier-batch'), says: '(tier course)' },
    {
      title: 'uses the class of the platform in a session',
      object: ofClass('workbench-sessions', 'atelier-infrastructure'),
    },
    { title: 'uses the class of warm sessions as a tenant', object: ofClass('tabular', 'atelier-warm') },
    {
      title: 'uses the class of sessions among placeholders',
      object: ofClass('atelier-warm-capacity', 'atelier-warm'),
    },
    { title: 'uses no class in a reservation', object: pod('atelier-reservations'), says: '(tier reservation)' },
    {
      title: 'uses the class of courses in a namespace that HNC just made',
      object: ofClass('fresh', 'atelier-course'),
      says: '(tier tenant)',
    },
    {
      title: 'uses the class of courses in a namespace of an unknown tier',
      object: ofClass('mislabelled', 'atelier-course'),
      says: '(tier gold). Allowed here: atelier-default (0)',
    },
    {
      title: 'uses the class of courses beside other software',
      object: ofClass('other-software', 'atelier-course'),
      says: '"atelier-course" is kept for namespaces of the platform and its tenants',
    },
    {
      title: 'is an exception under another ServiceAccount',
      object: ofClass('vision', 'atelier-course', { serviceAccountName: 'trainer' }),
    },
  ]),
  { title: 'uses no class', object: pod('tabular') },
  { title: 'uses a class of its tier', object: ofClass('tabular', 'atelier-batch') },
  { title: 'uses the class of courses in a course', object: ofClass('teaching', 'atelier-course') },
  { title: 'uses the class of courses in a session', object: ofClass('workbench-sessions', 'atelier-course') },
  { title: 'holds a place in a reservation', object: ofClass('atelier-reservations', 'atelier-placeholder') },
  { title: 'uses the class of warm sessions in a session', object: ofClass('workbench-sessions', 'atelier-warm') },
  {
    title: 'holds a warm place on a GPU node',
    object: ofClass('atelier-warm-capacity', 'atelier-placeholder', {
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
      containers: [container({ resources: devices({ 'nvidia.com/gpu': '1' }) })],
    }),
  },
  { title: 'uses no class in a namespace of an unknown tier', object: pod('mislabelled') },
  { title: 'uses a class of Kubernetes in other software', object: ofClass('other-software', 'system-node-critical') },
  { title: 'uses a class of its own in other software', object: ofClass('other-software', 'foreign-high') },
  { title: 'uses the default class in other software', object: pod('other-software') },
  { title: 'uses a class of Kubernetes in the platform', object: ofClass('gpu-operator', 'system-node-critical') },
  {
    title: 'is an exception',
    object: ofClass('vision', 'atelier-course', { serviceAccountName: 'urgent' }),
  },
];
