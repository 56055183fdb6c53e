import type { Bundle, BundleObject, Origin } from '../../bundle/bundle.ts';
import type { JsonObject } from '../../core/json.ts';
import type { LabelSelector, Labels } from '../../core/label-selector.ts';
import { describeObject } from './inventory.ts';
import { valuesOfChart } from './release-values.ts';
import { remember } from './remember.ts';

type Quantities = Readonly<Record<string, string | number>>;

interface Probe {
  readonly httpGet?: { readonly port: string | number };
  readonly tcpSocket?: { readonly port: string | number };
}

interface SecurityContext {
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type: string };
}

interface NamedReference {
  readonly name?: string;
  readonly optional?: boolean;
}

/** core/v1 Container, as far as rules read it. */
export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number; readonly hostPort?: number }[];
  readonly env?: readonly {
    readonly valueFrom?: { readonly secretKeyRef?: NamedReference; readonly configMapKeyRef?: NamedReference };
  }[];
  readonly envFrom?: readonly { readonly secretRef?: NamedReference; readonly configMapRef?: NamedReference }[];
  readonly resources?: { readonly requests?: Quantities; readonly limits?: Quantities };
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly securityContext?: SecurityContext;
}

interface Volume {
  readonly name: string;
  readonly secret?: { readonly secretName: string; readonly optional?: boolean };
  readonly configMap?: NamedReference;
  readonly hostPath?: JsonObject;
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly projected?: {
    readonly sources?: readonly { readonly secret?: NamedReference; readonly configMap?: NamedReference }[];
  };
}

/** core/v1 PodSpec, as far as rules read it. */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly imagePullSecrets?: readonly NamedReference[];
  readonly serviceAccountName?: string;
  readonly priorityClassName?: string;
  readonly runtimeClassName?: string;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly securityContext?: SecurityContext;
}

/** What pods of a workload will be. */
export interface PodTemplate {
  /** The workload, for messages. */
  readonly subject: string;
  readonly origin: Origin;
  readonly namespace: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
  /** Pods at once; `undefined` where nodes decide, or users. */
  readonly pods?: number;
  /** The workload as an object, unless something outside the Bundle makes the pods. */
  readonly object?: BundleObject;
  /** How the workload finds its pods. */
  readonly selector?: LabelSelector;
}

interface Template {
  readonly metadata?: { readonly labels?: Labels };
  readonly spec: PodSpec;
}

interface WorkloadSpec {
  readonly replicas?: number;
  readonly parallelism?: number;
  readonly selector?: LabelSelector;
  readonly template?: Template;
  readonly jobTemplate?: { readonly spec: { readonly parallelism?: number; readonly template: Template } };
}

function templateOf(object: BundleObject): PodTemplate | undefined {
  const { kind, metadata } = object.manifest;
  const spec = object.manifest.spec as (WorkloadSpec & PodSpec) | undefined;
  if (!spec || metadata.namespace === undefined) return undefined;
  const common = { subject: describeObject(object.manifest), origin: object.origin, object };
  const from = (template: Template | undefined, pods: number | undefined): PodTemplate | undefined =>
    template && {
      ...common,
      namespace: metadata.namespace ?? '',
      labels: template.metadata?.labels ?? {},
      spec: template.spec,
      ...(pods === undefined ? {} : { pods }),
      ...(spec.selector ? { selector: spec.selector } : {}),
    };
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet':
      return from(spec.template, spec.replicas ?? 1);
    case 'DaemonSet':
      return from(spec.template, undefined);
    case 'Job':
      return from(spec.template, spec.parallelism ?? 1);
    case 'CronJob':
      return from(spec.jobTemplate?.spec.template, spec.jobTemplate?.spec.parallelism ?? 1);
    case 'Pod':
      return from({ metadata: { labels: (metadata.labels ?? {}) as Labels }, spec }, 1);
    default:
      return undefined;
  }
}

interface WorkbenchValues {
  readonly launcher?: {
    readonly namespace?: string;
    readonly templateValues?: {
      readonly pod?: {
        readonly labels?: Labels;
        readonly serviceAccountName?: string;
        readonly imagePullSecrets?: readonly NamedReference[];
      };
    };
  };
}

/** Sessions: the launcher makes them from what the release of Workbench says about pods. */
function sessionTemplates(bundle: Bundle): readonly PodTemplate[] {
  return valuesOfChart<WorkbenchValues>(bundle, 'rstudio-workbench').flatMap(({ release, values: { launcher } }) => {
    const pod = launcher?.templateValues?.pod;
    if (!pod) return [];
    const { labels = {}, serviceAccountName, imagePullSecrets = [] } = pod;
    return [
      {
        subject: `sessions of release "${release.name}"`,
        origin: release.origin,
        namespace: launcher.namespace ?? release.namespace,
        labels,
        spec: { containers: [], imagePullSecrets, ...(serviceAccountName ? { serviceAccountName } : {}) },
      },
    ];
  });
}

/** Every kind of pod that the Bundle describes itself; what charts make is known to the charts alone. */
export const podTemplates: (bundle: Bundle) => readonly PodTemplate[] = remember((bundle) => [
  ...bundle.objects.flatMap((object) => templateOf(object) ?? []),
  ...sessionTemplates(bundle),
]);

/** All containers of a pod, those first that start first. */
export function containersOf({ spec }: PodTemplate): readonly Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}
