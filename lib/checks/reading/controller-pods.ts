import type { Bundle } from '../../bundle/bundle.ts';
import { PHASES } from '../../bundle/phase.ts';
import { ADD_ON_CONTROLLERS, CHART_CONTROLLERS, type ControllerPods } from '../../catalog/controller-pods.ts';
import { EKS_ADD_ONS } from '../../catalog/eks-add-ons.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { type Quantity, quantityMilliValue, quantityValue } from '../../core/kubernetes-quantity.ts';
import { type PodTemplate, podTemplates } from './pod-template.ts';

/** Pods of one controller of the platform, and what each sets aside. */
export interface ControllerDemand {
  readonly name: string;
  readonly replicas: number;
  readonly millicpu: number;
  readonly memoryBytes: number;
  readonly sharing?: ControllerPods['sharing'];
}

type Requests = Readonly<Record<string, Quantity>>;

const millicpu = (quantity: Quantity): number => quantityMilliValue(quantity) ?? 0;
const bytes = (quantity: Quantity): number => quantityValue(quantity) ?? 0;

function valueAt(values: JsonObject, path: string | undefined): Json | undefined {
  if (path === undefined) return undefined;
  return path.split('.').reduce<Json | undefined>((value, key) => (value as JsonObject | undefined)?.[key], values);
}

function demandOf({ name, replicas, requests, sharing }: ControllerPods, values: JsonObject): ControllerDemand {
  const stated = (valueAt(values, requests.path) ?? {}) as Requests;
  return {
    name,
    replicas: Number(valueAt(values, replicas.path) ?? replicas.otherwise),
    millicpu: millicpu(stated.cpu ?? requests.cpu),
    memoryBytes: bytes(stated.memory ?? requests.memory),
    ...(sharing === undefined ? {} : { sharing }),
  };
}

function addOnDemands({ platform }: Bundle): readonly ControllerDemand[] {
  if (platform.environment.cluster.kind !== 'eks') return [];
  return EKS_ADD_ONS.flatMap((name) => ADD_ON_CONTROLLERS[name] ?? []).map((pods) => demandOf(pods, {}));
}

function templateDemand({ spec, pods = 0, object }: PodTemplate): ControllerDemand {
  const sum = (resource: string, read: (quantity: Quantity) => number): number =>
    spec.containers.reduce((total, { resources }) => total + read(resources?.requests?.[resource] ?? 0), 0);
  return {
    name: object?.manifest.metadata.name ?? '',
    replicas: pods,
    millicpu: sum('cpu', millicpu),
    memoryBytes: sum('memory', bytes),
  };
}

/** Deployments that the Bundle holds itself, in namespaces of the platform. */
function ownTemplates(bundle: Bundle): readonly PodTemplate[] {
  const namespaces = new Set(
    bundle.platform.namespaces.filter(({ tier }) => tier === 'platform').map(({ name }) => name),
  );
  return podTemplates(bundle).filter(
    ({ namespace, object }) => object?.manifest.kind === 'Deployment' && namespaces.has(namespace),
  );
}

/**
 * Every controller and server of the platform in the order in which it is installed: add-ons of the cluster, then phase by
 * phase the Bundle's own, and what charts make of the values of their releases. DaemonSets are not among them.
 */
export function controllerDemands(bundle: Bundle): readonly ControllerDemand[] {
  const own = ownTemplates(bundle);
  return [
    ...addOnDemands(bundle),
    ...PHASES.flatMap((phase) => [
      ...own.filter(({ object }) => object?.phase === phase).map(templateDemand),
      ...bundle.releases
        .filter((release) => release.phase === phase)
        .flatMap(({ chart, values }) => (CHART_CONTROLLERS[chart.name] ?? []).map((pods) => demandOf(pods, values))),
    ]),
  ];
}
