import { describe, expect, test } from 'vitest';
import type { Container, PodSpec } from '../../lib/scheduling/pod.ts';
import { podRequests } from '../../lib/scheduling/pod-requests.ts';

const container = (requests: Record<string, string>, more: Partial<Container> = {}): Container => ({
  name: 'c',
  resources: { requests },
  ...more,
});
const sidecar = (requests: Record<string, string>): Container => container(requests, { restartPolicy: 'Always' });
const requestsOf = (spec: Partial<PodSpec>) => podRequests({ containers: [], ...spec });

describe('what a pod takes of a node (PROVE-1)', () => {
  test('GIVEN containers and init containers WHEN counted THEN the greater of both, resource by resource', () => {
    const spec = {
      containers: [container({ cpu: '2', memory: '1G' }), container({ cpu: '1', memory: '1G' })],
      initContainers: [container({ cpu: '2', memory: '1G' }), container({ cpu: '2', memory: '3G' })],
    };
    expect(requestsOf(spec)).toEqual({ cpu: 3000, memory: 3e9 });
  });

  test('GIVEN sidecars WHEN counted THEN they add to the containers, and to init containers after them only', () => {
    const before = [sidecar({ cpu: '1' }), container({ cpu: '3' })];
    expect(requestsOf({ containers: [container({ cpu: '1' })], initContainers: before })).toEqual({ cpu: 4000 });
    const after = [container({ cpu: '3' }), sidecar({ cpu: '1' })];
    expect(requestsOf({ containers: [container({ cpu: '1' })], initContainers: after })).toEqual({ cpu: 3000 });
  });

  test('GIVEN only a limit WHEN counted THEN it is the request, as the API server writes it', () => {
    const limited = { name: 'c', resources: { limits: { cpu: '2', 'nvidia.com/gpu': 1 }, requests: { cpu: '500m' } } };
    expect(requestsOf({ containers: [limited] })).toEqual({ cpu: 500, 'nvidia.com/gpu': 1 });
  });

  test('GIVEN an overhead WHEN counted THEN it comes on top of everything', () => {
    const overhead = { cpu: '250m', memory: '64Mi' };
    expect(requestsOf({ containers: [container({ cpu: '1' })], overhead })).toEqual({ cpu: 1250, memory: 67_108_864 });
  });

  test('GIVEN requests of the pod as a whole WHEN counted THEN they replace those of the containers, devices apart', () => {
    const containers = [container({ cpu: '1', memory: '1Gi', 'nvidia.com/gpu': '1', 'ephemeral-storage': '1k' })];
    expect(requestsOf({ containers, resources: { requests: { cpu: '4', 'example.com/x': '1' } } })).toEqual({
      cpu: 4000,
      memory: 2 ** 30,
      'nvidia.com/gpu': 1,
      'ephemeral-storage': 1000,
    });
  });

  test('GIVEN a limit of the pod as a whole WHEN counted THEN the containers say the request, else the limit does', () => {
    const containers = [container({ cpu: '1' })];
    const resources = { limits: { cpu: '8', memory: '4Gi' } };
    expect(requestsOf({ containers, resources })).toEqual({ cpu: 1000, memory: 4 * 2 ** 30 });
  });

  test('GIVEN huge pages of containers and any limit of the pod WHEN counted THEN the pod asks for those pages', () => {
    const containers = [{ name: 'c', resources: { limits: { 'hugepages-2Mi': '64Mi' } } }];
    const resources = { requests: { cpu: '2' } };
    expect(requestsOf({ containers, resources })).toEqual({ cpu: 2000, 'hugepages-2Mi': 64 * 2 ** 20 });
  });
});
