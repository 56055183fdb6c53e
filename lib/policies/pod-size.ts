import type { NamedExpression } from '../crds/admissionregistration.k8s.io.ts';

/** Resources of which a pod has a size. */
export type Measured = 'cpu' | 'memory';

const amount = (quantity: string): string => `quantity(string(${quantity}.orValue('0'))).asApproximateFloat()`;

const limitOf = (container: string, resource: Measured): string =>
  amount(`${container}.?resources.?limits[?'${resource}']`);

const podLimit = (resource: Measured): string => `variables.podLimits[?'${resource}']`;

const IS_SIDECAR = "?restartPolicy.orValue('') == 'Always'";

/** `variables.podLimits`, `variables.initContainers`: what the sizes below read. */
export const SIZE_VARIABLES: readonly NamedExpression[] = [
  { name: 'initContainers', expression: 'object.spec.?initContainers.orValue([])' },
  // dyn: the type checker of Kubernetes 1.36 does not know resources of a whole pod.
  { name: 'podLimits', expression: 'dyn(object.spec).?resources.?limits.orValue({})' },
];

/**
 * `variables.unlimited`: names of containers that may use any amount of CPU or memory, because neither they nor the pod
 * have a limit. To the kubelet a limit of 0 is none.
 */
export const UNLIMITED: NamedExpression = {
  name: 'unlimited',
  expression: `(object.spec.containers + variables.initContainers).filter(container,
  ${(['cpu', 'memory'] as const)
    .map((resource) => `(${limitOf('container', resource)} <= 0.0 && ${amount(podLimit(resource))} <= 0.0)`)
    .join(' ||\n  ')}
).map(container, container.name)`,
};

/**
 * `variables.cpuRunning`, `variables.cpuStarting` and `variables.cpu` (the same of memory): what the pod may use at most,
 * as a double, counted as Kubernetes counts it (component-helpers, resource.PodLimits; KEP-753, KEP-2837). Containers and
 * sidecars run together; an ordinary init container runs alone but for the sidecars before it; a limit of the pod as a
 * whole replaces all of that; what a runtime class adds comes on top.
 */
export function podSize(resource: Measured): readonly NamedExpression[] {
  const running = `(object.spec.containers + variables.initContainers.filter(c, c.${IS_SIDECAR})
).map(c, ${limitOf('c', resource)}).sum()`;
  const starting = `([0.0] + variables.initContainers.transformList(index, c, !(c.${IS_SIDECAR}),
  ${limitOf('c', resource)} + variables.initContainers.transformList(before, s, before < index && s.${IS_SIDECAR},
    ${limitOf('s', resource)}).sum())
).max()`;
  return [
    { name: `${resource}Running`, expression: running },
    { name: `${resource}Starting`, expression: starting },
    {
      name: resource,
      expression: `(${podLimit(resource)}.hasValue() ? ${amount(podLimit(resource))} :
  [variables.${resource}Running, variables.${resource}Starting].max()) +
  ${amount(`object.spec.?overhead[?'${resource}']`)}`,
    },
  ];
}

/**
 * CEL: the pod is larger than `most` of the smallest units that count, `perUnit` of which make one of the resource. The
 * API server rounds quantities up to thousandths, so half a unit is more than floats add by mistake and less than any pod
 * is too large by.
 */
export function isLarger(resource: Measured, most: number, perUnit: number): string {
  return `variables.${resource} > ${(most + 0.5) / perUnit}`;
}

/** CEL: when the pod is as large as `podSize` says, as the end of a clause. */
export function whenLargest(resource: Measured): string {
  return `${podLimit(resource)}.hasValue() ? 'by the limit of the pod' :
  variables.${resource}Starting > variables.${resource}Running ? 'while an init container runs' :
  'while its containers run'`;
}

/** CEL: the size as people write it. Memory in Gi where that is exact, else in Mi, rounded up. */
export const SIZE_TEXT: Readonly<Record<Measured, string>> = {
  cpu: 'string(double(int(variables.cpu * 1000.0 + 0.5)) / 1000.0)',
  memory: `int(variables.memory) % 1073741824 == 0 ? string(int(variables.memory) / 1073741824) + 'Gi' :
  string((int(variables.memory) + 1048575) / 1048576) + 'Mi'`,
};
