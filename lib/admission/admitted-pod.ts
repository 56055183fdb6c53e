import type { Manifest } from '../bundle/bundle.ts';
import { asJsonObject, type Json, type JsonObject, objectOr } from '../core/json.ts';
import type { ContainerDefaults } from './container-defaults.ts';

/** What the API server's own plugins read when they complete a pod. */
export interface PodDefaults {
  /** Value of each PriorityClass. */
  readonly priorities: ReadonlyMap<string, number>;
  /** The class of pods that name none. */
  readonly defaultPriority?: { readonly name: string; readonly value: number };
  /** `overhead.podFixed` of each RuntimeClass that has one. */
  readonly overheads: ReadonlyMap<string, JsonObject>;
  /** What the LimitRanges of a namespace fill in. */
  readonly containers: (namespace: string) => ContainerDefaults;
}

interface Container extends JsonObject {
  readonly name: string;
  readonly resources?: JsonObject & { readonly limits?: JsonObject; readonly requests?: JsonObject };
}

/** Requests follow limits where they are missing; then what the namespace's LimitRange says, limits first. */
function completedContainer(container: Container, { limits, requests }: ContainerDefaults): Container {
  const own = container.resources ?? {};
  const ownLimits = { ...limits, ...own.limits };
  return {
    ...container,
    resources: {
      ...own,
      ...(Object.keys(ownLimits).length > 0 ? { limits: ownLimits } : {}),
      requests: { ...requests, ...own.limits, ...own.requests },
    },
  };
}

const containersOf = (list: Json | undefined): readonly Container[] => (list ?? []) as unknown as readonly Container[];

/** Extended resources have a domain of their own (component-helpers, IsExtendedResourceName). */
const isExtended = (name: string): boolean =>
  name.includes('/') && !/(^|\.)kubernetes\.io\//.test(name) && !name.startsWith('requests.');

function resourceTolerations(containers: readonly Container[], own: readonly Json[]): readonly Json[] {
  const names = containers.flatMap(({ resources }) => Object.keys(resources?.requests ?? {}));
  const missing = [...new Set(names)].filter(
    (key) => isExtended(key) && !own.some((each) => objectOr(each).key === key && objectOr(each).operator === 'Exists'),
  );
  return missing.sort().map((key) => ({ key, operator: 'Exists' }));
}

/**
 * A new pod as admission policies see it: with what defaulting and the plugins Priority, LimitRanger, RuntimeClass,
 * ServiceAccount and ExtendedResourceToleration (which EKS has, and not every cluster) have filled in (Kubernetes 1.36,
 * plugin/pkg/admission), but for what no policy of ours reads, such as the volume of the ServiceAccount's token.
 */
export function admittedPod(pod: Manifest, defaults: PodDefaults): Manifest {
  const spec = objectOr(pod.spec);
  const namespace = pod.metadata.namespace ?? '';
  const filled = defaults.containers(namespace);
  const complete = (list: Json | undefined): readonly Container[] =>
    containersOf(list).map((container) => completedContainer(container, filled));
  const [containers, initContainers] = [complete(spec.containers), complete(spec.initContainers)];
  const tolerations = (spec.tolerations ?? []) as readonly Json[];
  const added = resourceTolerations([...containers, ...initContainers], tolerations);
  const named = typeof spec.priorityClassName === 'string' ? spec.priorityClassName : '';
  const { defaultPriority } = defaults;
  const priority = named === '' ? (defaultPriority?.value ?? 0) : defaults.priorities.get(named);
  const className = named === '' ? defaultPriority?.name : named;
  const overhead = defaults.overheads.get(String(spec.runtimeClassName ?? ''));
  const { serviceAccountName = 'default' } = spec;
  return {
    ...pod,
    spec: asJsonObject({
      ...spec,
      serviceAccountName,
      containers,
      ...(initContainers.length > 0 ? { initContainers } : {}),
      ...(tolerations.length + added.length > 0 ? { tolerations: [...tolerations, ...added] } : {}),
      ...(className === undefined ? {} : { priorityClassName: className }),
      ...(priority === undefined ? {} : { priority }),
      ...(overhead === undefined ? {} : { overhead }),
    }),
  };
}
