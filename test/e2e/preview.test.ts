import { expect, it } from 'vitest';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import type { BundleContents } from '../../lib/bundle/contents.ts';
import { applyObject } from '../../lib/cluster/apply-object.ts';
import { untilServed } from '../../lib/cluster/crds.ts';
import { discoverKinds } from '../../lib/cluster/discovery.ts';
import { previewContents } from '../../lib/preview/preview.ts';
import { describeWithClusters, withCluster } from './local-cluster.ts';

const labels = (app: string) => ({ app });
const pods = (image: string, app = 'a', more: object = {}) => ({
  metadata: { labels: labels(app) },
  spec: { containers: [{ name: 'main', image }], ...more },
});
const job = (image: string, more: object = {}) => ({
  spec: { template: pods(image, 'a', { restartPolicy: 'Never' }), ...more },
});
const deployment = (image: string, app = 'a', replicas = 0) => ({
  spec: { replicas, selector: { matchLabels: labels(app) }, template: pods(image, app) },
});
const statefulSet = (image: string, serviceName = 'a', more: object = {}) => ({
  spec: { replicas: 0, serviceName, selector: { matchLabels: labels('a') }, template: pods(image), ...more },
});
const daemonSet = (image: string, app = 'a') => ({
  spec: { selector: { matchLabels: labels(app) }, template: pods(image, app, { nodeSelector: { none: 'such' } }) },
});
const claim = (storage: string, storageClassName = 'none') => ({
  spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage } } },
});
const volume = (server: string, path = '/a') => ({
  spec: { accessModes: ['ReadWriteMany'], capacity: { storage: '1Gi' }, nfs: { server, path } },
});
const binding = (role: string, user = 'a') => ({
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
});
const service = (clusterIP: string | undefined, port = 80) => ({
  spec: { ports: [{ port }], ...(clusterIP === undefined ? {} : { clusterIP }) },
});
const crd = (scope: string, plural = 'things') => ({
  spec: {
    group: 'example.org',
    scope,
    names: { kind: 'Thing', listKind: 'ThingList', plural, singular: 'thing' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
});

/** API version and kind, and fields before and after. */
type Case = readonly [apiVersion: string, kind: string, before: object, after: object, name?: string];

const CASES: readonly Case[] = [
  [
    'batch/v1',
    'Job',
    job('a:1', { suspend: true }),
    job('a:2', { suspend: true, completionMode: 'Indexed', completions: 1 }),
  ],
  ['batch/v1', 'Job', job('a:1', { suspend: true }), job('a:1', { suspend: true, parallelism: 2 })],
  ['apps/v1', 'Deployment', deployment('a:1'), deployment('a:1', 'b')],
  ['apps/v1', 'Deployment', deployment('a:1'), deployment('a:2', 'a', 1)],
  ['apps/v1', 'StatefulSet', statefulSet('a:1'), statefulSet('a:1', 'b')],
  ['apps/v1', 'StatefulSet', statefulSet('a:1'), statefulSet('a:1', 'a', { podManagementPolicy: 'Parallel' })],
  [
    'apps/v1',
    'StatefulSet',
    statefulSet('a:1'),
    statefulSet('a:2', 'a', { minReadySeconds: 5, revisionHistoryLimit: 3 }),
  ],
  ['apps/v1', 'DaemonSet', daemonSet('a:1'), daemonSet('a:1', 'b')],
  ['apps/v1', 'DaemonSet', daemonSet('a:1'), daemonSet('a:2')],
  ['storage.k8s.io/v1', 'StorageClass', { provisioner: 'a.example' }, { provisioner: 'b.example' }],
  [
    'storage.k8s.io/v1',
    'StorageClass',
    { provisioner: 'a.example', parameters: { a: '1' } },
    { provisioner: 'a.example', parameters: { a: '2' } },
  ],
  [
    'storage.k8s.io/v1',
    'StorageClass',
    { provisioner: 'a.example' },
    { provisioner: 'a.example', volumeBindingMode: 'WaitForFirstConsumer' },
  ],
  [
    'storage.k8s.io/v1',
    'StorageClass',
    { provisioner: 'a.example' },
    { provisioner: 'a.example', allowVolumeExpansion: true },
  ],
  ['scheduling.k8s.io/v1', 'PriorityClass', { value: 5 }, { value: 6 }],
  ['scheduling.k8s.io/v1', 'PriorityClass', { value: 5 }, { value: 5, preemptionPolicy: 'Never' }],
  ['scheduling.k8s.io/v1', 'PriorityClass', { value: 5 }, { value: 5, description: 'b' }],
  ['v1', 'Service', service('None'), service(undefined)],
  ['v1', 'Service', service('None'), service('10.96.0.77')],
  ['v1', 'Service', service('None'), service('None', 81)],
  ['v1', 'PersistentVolumeClaim', claim('1Gi'), claim('1Gi', 'other')],
  ['v1', 'PersistentVolume', volume('a'), volume('b')],
  ['v1', 'PersistentVolume', volume('a'), { spec: { ...volume('a').spec, mountOptions: ['nfsvers=4.1'] } }],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', binding('a'), binding('b')],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', binding('a'), binding('a', 'b')],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', binding('a'), binding('b')],
  ['node.k8s.io/v1', 'RuntimeClass', { handler: 'a' }, { handler: 'b' }],
  [
    'networking.k8s.io/v1',
    'IngressClass',
    { spec: { controller: 'a.example/a' } },
    { spec: { controller: 'a.example/b' } },
  ],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', crd('Cluster'), crd('Namespaced'), 'things.example.org'],
  [
    'batch/v1',
    'CronJob',
    { spec: { schedule: '0 1 * * *', jobTemplate: job('a:1') } },
    { spec: { schedule: '0 2 * * *', jobTemplate: job('a:2') } },
  ],
  [
    'networking.k8s.io/v1',
    'NetworkPolicy',
    { spec: { podSelector: {} } },
    { spec: { podSelector: { matchLabels: labels('a') } } },
  ],
  ['v1', 'ConfigMap', { data: { a: '1' } }, { data: { a: '2' } }],
];

const CLUSTER_SCOPED =
  /^(StorageClass|PriorityClass|PersistentVolume|ClusterRoleBinding|RuntimeClass|IngressClass|CustomResourceDefinition)$/;

function contentsOf(manifest: Manifest): BundleContents {
  const origin = { construct: 'test', path: '(environment)' };
  return {
    environment: 'test',
    objects: [{ phase: '10-foundation', manifest, origin }],
    releases: [],
    cloud: [],
    files: [],
  };
}

describeWithClusters('preview and a real API server (PROVE-3)', () => {
  it('the server refuses exactly the updates that preview says it will', async () => {
    const verdicts = await withCluster('preview', async (client) => {
      const kinds = await discoverKinds(client);
      const said: string[] = [];
      const done: string[] = [];
      for (const [index, [apiVersion, kind, before, after, name = `case-${index}`]] of CASES.entries()) {
        const metadata = { name, ...(CLUSTER_SCOPED.test(kind) ? {} : { namespace: 'default' }) };
        const [old, now] = [before, after].map((fields): Manifest => ({ apiVersion, kind, metadata, ...fields })) as [
          Manifest,
          Manifest,
        ];
        const first = await applyObject(client, kinds, old);
        // Until a definition is established, everything of it may change.
        if (kind === 'CustomResourceDefinition') await untilServed(client, [name]);
        const second = await applyObject(client, kinds, now);
        const foreseen = previewContents(contentsOf(old), contentsOf(now)).consequences;
        const refused = foreseen.some(({ rule }) => rule === 'immutable-field');
        const line = (verdict: string) => `${index} ${kind} created, then ${verdict}`;
        // The server may also keep what it has, which is no refusal either.
        said.push(line(refused ? 'refused' : second.outcome.kind === 'unchanged' ? 'unchanged' : 'changed'));
        done.push(`${index} ${kind} ${first.outcome.kind}, then ${second.outcome.kind}`);
      }
      return { said, done };
    });
    expect(verdicts.said).toEqual(verdicts.done);
  });
});
