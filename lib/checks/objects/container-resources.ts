import { parseBytes, parseMillicpu } from '../../core/quantity.ts';
import { containersOf, podTemplates } from '../reading/pod-template.ts';
import type { Rule } from '../rule.ts';

/** Resources that a node has a divisible amount of; all others are devices (pkg/apis/core/helper IsOvercommitAllowed). */
const DIVISIBLE = ['cpu', 'memory', 'ephemeral-storage'];

function amount(resource: string, quantity: string | number | undefined): number | undefined {
  if (quantity === undefined) return undefined;
  return resource === 'cpu' ? parseMillicpu(String(quantity)) : parseBytes(String(quantity));
}

type Quantities = Readonly<Record<string, string | number>>;

/** What the API server would say about one container. */
function problems(requests: Quantities, limits: Quantities): readonly string[] {
  return [...new Set([...Object.keys(requests), ...Object.keys(limits)])].flatMap((resource) => {
    const request = amount(resource, requests[resource]);
    const limit = amount(resource, limits[resource]);
    if (!DIVISIBLE.includes(resource) && request !== undefined && request !== limit) {
      return [
        `asks for ${requests[resource]} x ${resource} with the limit ${limits[resource] ?? 'left out'}; devices need both, and equal`,
      ];
    }
    if (request === undefined || limit === undefined || request <= limit) return [];
    return [`asks for ${requests[resource]} of ${resource}, above its limit ${limits[resource]}`];
  });
}

export const containerResources: Rule = {
  id: 'OBJ022',
  title: 'No container asks for more than its limit, and for devices exactly for it',
  severity: 'error',
  protectsFrom: 'workloads whose pods are refused as invalid, every one of them',
  because:
    'A request above its limit makes a pod invalid. GPUs and other extended resources cannot be overcommitted: their request, where it is stated, is the limit.',
  source: 'Kubernetes 1.36, pkg/apis/core/validation ValidateContainerResourceRequirements',
  example: {
    of: 'objects',
    breaks: `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: image-pre-pull-cpu, namespace: workbench }
spec:
  template:
    spec: { containers: [{ name: pause, image: "registry.k8s.io/pause:3.10.2", resources: { requests: { memory: 32Mi }, limits: { memory: 16Mi } } }] }`,
    mended: `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: image-pre-pull-cpu, namespace: workbench }
spec:
  template:
    spec: { containers: [{ name: pause, image: "registry.k8s.io/pause:3.10.2", resources: { requests: { memory: 16Mi }, limits: { memory: 16Mi } } }] }`,
  },
  check: (bundle) =>
    podTemplates(bundle).flatMap((template) =>
      containersOf(template).flatMap(({ name, resources: { requests = {}, limits = {} } = {} }) =>
        problems(requests, limits).map((problem) => ({
          at: template.origin,
          subject: template.subject,
          message: `container "${name}" ${problem}.`,
          hint: 'Lower the request or raise the limit.',
        })),
      ),
    ),
};
