import type { TaintEffect } from '../catalog/taints.ts';
import type { Quantity } from '../core/kubernetes-quantity.ts';
import type { LabelSelector, Labels } from '../core/label-selector.ts';
import type { NodeSelector } from './node-selector.ts';

/** Amounts by resource name, as manifests write them. */
export type ResourceList = Readonly<Record<string, Quantity>>;

export interface ResourceRequirements {
  readonly requests?: ResourceList;
  readonly limits?: ResourceList;
}

export interface ContainerPort {
  readonly containerPort: number;
  readonly hostPort?: number;
  readonly hostIP?: string;
  readonly protocol?: string;
}

export interface Container {
  readonly name: string;
  readonly resources?: ResourceRequirements;
  readonly ports?: readonly ContainerPort[];
  /** `Always` makes an init container a sidecar. */
  readonly restartPolicy?: string;
}

/** A toleration with everything that core/v1 lets one leave out. */
export interface PodToleration {
  readonly key?: string;
  readonly operator?: 'Equal' | 'Exists' | 'Gt' | 'Lt';
  readonly value?: string;
  readonly effect?: TaintEffect;
}

export interface PodAffinityTerm {
  readonly labelSelector?: LabelSelector;
  readonly namespaces?: readonly string[];
  readonly namespaceSelector?: LabelSelector;
  readonly topologyKey: string;
  readonly matchLabelKeys?: readonly string[];
  readonly mismatchLabelKeys?: readonly string[];
}

/** Only what is required; preferences rank nodes and never reject one. */
export interface PodAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
}

export interface TopologySpreadConstraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
  readonly labelSelector?: LabelSelector;
  readonly minDomains?: number;
  readonly nodeAffinityPolicy?: 'Honor' | 'Ignore';
  readonly nodeTaintsPolicy?: 'Honor' | 'Ignore';
  readonly matchLabelKeys?: readonly string[];
}

export interface PodVolume {
  readonly name: string;
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

/** The part of core/v1 PodSpec that decides where a pod may run. */
export interface PodSpec {
  readonly nodeName?: string;
  readonly nodeSelector?: Labels;
  readonly affinity?: {
    readonly nodeAffinity?: { readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector };
    readonly podAffinity?: PodAffinity;
    readonly podAntiAffinity?: PodAffinity;
  };
  readonly tolerations?: readonly PodToleration[];
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  /** Requests of the pod as a whole: CPU, memory and huge pages. */
  readonly resources?: ResourceRequirements;
  readonly overhead?: ResourceList;
  readonly hostNetwork?: boolean;
  readonly volumes?: readonly PodVolume[];
  readonly priorityClassName?: string;
  readonly priority?: number;
  readonly preemptionPolicy?: 'PreemptLowerPriority' | 'Never';
}

/** A pod as a manifest says it: what the API server fills in need not be there. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    /** @default default */
    readonly namespace?: string;
    readonly labels?: Labels;
    /** Where it is being deleted. */
    readonly deletionTimestamp?: string;
  };
  readonly spec: PodSpec;
  readonly status?: { readonly phase?: string; readonly startTime?: string };
}
