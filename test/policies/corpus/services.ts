import type { Manifest } from '../../../lib/bundle/bundle.ts';
import type { JsonObject } from '../../../lib/core/json.ts';
import { type CorpusCase, refused } from './case.ts';

function service(namespace: string, spec: JsonObject = {}): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
  };
}

const changed = (namespace: string, spec: JsonObject): Pick<CorpusCase, 'object' | 'update'> => ({
  object: service(namespace),
  update: { patch: { spec } },
});

/** Services, and from where they are reached. */
export const SERVICE_CASES: readonly CorpusCase[] = [
  ...refused('exposed-services', [
    {
      title: 'asks the cloud for a load balancer',
      object: service('tabular', { type: 'LoadBalancer' }),
      says: 'Service "web" is of type LoadBalancer, which is reached from outside of the cluster; namespace "tabular"',
    },
    {
      title: 'asks for a load balancer, and calls it internal',
      object: service('teaching', { type: 'LoadBalancer', loadBalancerClass: 'example.com/internal' }),
      says: 'is of type LoadBalancer',
    },
    {
      title: 'opens a port of every node',
      object: service('vision', { type: 'NodePort' }),
      says: 'is of type NodePort',
    },
    {
      title: 'takes an address of others',
      object: service('tabular', { externalIPs: ['198.51.100.7'] }),
      says: 'takes external IP 198.51.100.7, and with it what others send there',
    },
    {
      title: 'opens a Service afterwards',
      ...changed('tabular', { type: 'NodePort' }),
      says: 'is of type NodePort',
    },
    {
      title: 'takes an address of others afterwards',
      ...changed('vision', { externalIPs: ['198.51.100.7'] }),
      says: 'takes external IP',
    },
  ]),
  { title: 'has a Service inside', object: service('tabular') },
  { title: 'has a Service without an address', object: service('vision', { clusterIP: 'None' }) },
  { title: 'changes a Service that stays inside', ...changed('teaching', { selector: { app: 'other' } }) },
  { title: 'opens other software', object: service('other-software', { type: 'NodePort' }) },
];
