import fc from 'fast-check';
import type { Container, ContainerPort, PodSpec, ResourceRequirements } from '../../../lib/scheduling/pod.ts';
import { defined, GPU, sometimes } from './names.ts';

const pick = fc.constantFrom;

const arbitraryPorts: fc.Arbitrary<readonly ContainerPort[]> = fc
  .record({
    port: pick(8080, 8081),
    hostIP: pick('127.0.0.1', '10.0.0.1', '0.0.0.0', undefined, undefined),
    protocol: pick('TCP', 'UDP', undefined),
    held: fc.boolean(),
  })
  .map(({ port, held, hostIP, protocol }) => [
    defined({ containerPort: port, hostPort: held ? port : undefined, hostIP: held ? hostIP : undefined, protocol }),
  ]);

/** Requests and limits that validation accepts: devices and huge pages ask for exactly their limit. */
function arbitraryResources(cpus: readonly string[], memories: readonly string[]): fc.Arbitrary<ResourceRequirements> {
  return fc
    .record({
      cpu: pick(...cpus),
      memory: pick(...memories),
      cpuIs: pick('request', 'limit', 'none'),
      memoryIs: pick('request', 'limit', 'none'),
      gpu: sometimes(pick(1, 1, 2), 6),
      storage: sometimes(pick('1Gi', '3Gi'), 5),
      pages: sometimes(fc.constant('64Mi'), 14),
    })
    .map(({ cpu, memory, cpuIs, memoryIs, gpu, storage, pages }) => {
      // Huge pages may not be the only thing that a container asks for.
      const cpuKind = pages === undefined ? cpuIs : 'request';
      const list = (entries: Record<string, string | number | undefined>) =>
        defined(entries) as Record<string, string | number>;
      return {
        requests: list({
          cpu: cpuKind === 'request' ? cpu : undefined,
          memory: memoryIs === 'request' ? memory : undefined,
          'ephemeral-storage': storage,
        }),
        limits: list({
          cpu: cpuKind === 'limit' ? cpu : undefined,
          memory: memoryIs === 'limit' ? memory : undefined,
          [GPU]: gpu,
          'hugepages-2Mi': pages,
        }),
      };
    });
}

const arbitraryMain: fc.Arbitrary<Omit<Container, 'name'>> = fc
  .record({
    resources: arbitraryResources(['100m', '250m', '0.5', '1500m'], ['64Mi', '0.25Gi', '256M', '1500Mi']),
    ports: sometimes(arbitraryPorts, 6),
  })
  .map(defined);

const arbitraryInit: fc.Arbitrary<Omit<Container, 'name'>> = fc
  .record({
    restartPolicy: pick('Always', undefined),
    resources: arbitraryResources(['250m', '1', '1.5'], ['128Mi', '1Gi']),
    ports: sometimes(arbitraryPorts, 8),
  })
  .map(defined);

/** Requests of the pod as a whole, larger than what the containers of a case add up to. */
const arbitraryPodResources = pick<ResourceRequirements>(
  { requests: { cpu: '8' } },
  { limits: { cpu: '9', memory: '12Gi' } },
  { requests: { memory: '12Gi' }, limits: { cpu: '9' } },
);

/** Gives the containers names; one port may stand only once in a pod. */
function assemble(
  prefix: string,
  containers: readonly Omit<Container, 'name'>[],
  taken: Set<number>,
): readonly Container[] {
  return containers.map(({ ports: own = [], ...container }, index) => {
    const ports = own.filter(({ containerPort }) => !taken.has(containerPort));
    for (const { containerPort } of ports) taken.add(containerPort);
    return { name: `${prefix}-${index}`, ...container, ...(ports.length === 0 ? {} : { ports }) };
  });
}

/** Everything of a pod that takes room or ports. */
export const arbitraryContainers: fc.Arbitrary<PodSpec> = fc
  .record({
    containers: fc.array(arbitraryMain, { minLength: 1, maxLength: 2 }),
    initContainers: sometimes(fc.array(arbitraryInit, { minLength: 1, maxLength: 3 }), 4),
    hostNetwork: sometimes(fc.constant(true), 12),
    resources: sometimes(arbitraryPodResources, 15),
  })
  .map(({ containers, initContainers, hostNetwork, resources }) => {
    const taken = new Set<number>();
    return defined({
      containers: assemble('main', containers, taken),
      initContainers: initContainers && assemble('init', initContainers, taken),
      hostNetwork,
      resources,
    });
  });
