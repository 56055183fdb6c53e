import { type Amounts, addAmounts, amountsOf, maxAmounts } from './amounts.ts';
import type { Container, PodSpec, ResourceRequirements } from './pod.ts';

const HUGE_PAGES = 'hugepages-';
/** Resources that requests of a pod as a whole may name (k8s.io/component-helpers/resource, SupportedPodLevelResources). */
const isPodLevel = (name: string): boolean => name === 'cpu' || name === 'memory' || name.startsWith(HUGE_PAGES);

/** Where only a limit is stated, the API server takes it for the request too (pkg/apis/core/v1 SetDefaults_Pod). */
const containerRequests = ({ resources = {} }: Container): Amounts => ({
  ...amountsOf(resources.limits),
  ...amountsOf(resources.requests),
});
const containerLimits = ({ resources = {} }: Container): Amounts => amountsOf(resources.limits);

/**
 * What the containers of a pod need together: sidecars and containers run at the same time, an init container only
 * beside the sidecars before it (k8s.io/component-helpers/resource AggregateContainerRequests).
 */
function aggregate({ containers, initContainers = [] }: PodSpec, of: (container: Container) => Amounts): Amounts {
  let running = addAmounts(...containers.map(of));
  if (initContainers.length === 0) return running;
  let sidecars: Amounts = {};
  let starting: Amounts = {};
  for (const container of initContainers) {
    const own = of(container);
    if (container.restartPolicy === 'Always') {
      running = addAmounts(running, own);
      sidecars = addAmounts(sidecars, own);
      starting = maxAmounts(starting, sidecars);
    } else {
      starting = maxAmounts(starting, addAmounts(own, sidecars));
    }
  }
  return maxAmounts(running, starting);
}

function only(amounts: Amounts, keep: (name: string) => boolean): Amounts {
  return Object.fromEntries(Object.entries(amounts).filter(([name]) => keep(name)));
}

/**
 * Requests of the pod as a whole. With a limit but no request of its own, the API server fills in what the containers
 * ask for, else the limit; huge pages always ask for their limit (pkg/apis/core/v1 defaultPodRequests,
 * defaultHugePagePodLimits).
 */
function podLevelRequests(spec: PodSpec, resources: ResourceRequirements, containers: Amounts): Amounts {
  const requests = amountsOf(resources.requests);
  const stated = amountsOf(resources.limits);
  if (Object.keys(requests).length + Object.keys(stated).length === 0) return {};
  const pages = only(aggregate(spec, containerLimits), (name) => name.startsWith(HUGE_PAGES) && !(name in requests));
  const limits = { ...pages, ...stated };
  if (Object.keys(limits).length === 0) return only(requests, isPodLevel);
  const overcommitted = only(containers, (name) => name === 'cpu' || name === 'memory');
  return only({ ...limits, ...overcommitted, ...requests }, isPodLevel);
}

/**
 * What a pod takes of a node, as the scheduler counts it, from its manifest: containers, sidecars and init containers,
 * then requests of the pod as a whole in their place, then the overhead of its runtime class
 * (k8s.io/component-helpers v0.36 resource/helpers.go PodRequests).
 */
export function podRequests(spec: PodSpec): Amounts {
  const containers = aggregate(spec, containerRequests);
  const requests = spec.resources
    ? { ...containers, ...podLevelRequests(spec, spec.resources, containers) }
    : containers;
  return spec.overhead ? addAmounts(requests, amountsOf(spec.overhead)) : requests;
}
