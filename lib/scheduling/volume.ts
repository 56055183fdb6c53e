import type { LabelSelector, Labels } from '../core/label-selector.ts';
import type { NodeSelector } from './node-selector.ts';
import type { ResourceList } from './pod.ts';

/** The part of core/v1 PersistentVolumeClaim that decides where its pods may run, as the API server stores it. */
export interface PersistentVolumeClaim {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly accessModes?: readonly string[];
    readonly storageClassName?: string;
    readonly volumeName?: string;
    readonly volumeMode?: string;
    readonly volumeAttributesClassName?: string;
    readonly selector?: LabelSelector;
    readonly resources?: { readonly requests?: ResourceList };
  };
  readonly status?: { readonly phase?: string };
}

/** The part of core/v1 PersistentVolume that decides where it can be used. */
export interface PersistentVolume {
  readonly metadata: { readonly name: string; readonly labels?: Labels; readonly deletionTimestamp?: string };
  readonly spec: {
    readonly accessModes?: readonly string[];
    readonly storageClassName?: string;
    readonly volumeMode?: string;
    readonly volumeAttributesClassName?: string;
    readonly capacity?: ResourceList;
    readonly claimRef?: { readonly namespace?: string; readonly name?: string };
    readonly nodeAffinity?: { readonly required?: NodeSelector };
  };
  readonly status?: { readonly phase?: string };
}

/** storage.k8s.io/v1 StorageClass. */
export interface StorageClass {
  readonly metadata: { readonly name: string };
  readonly provisioner: string;
  readonly volumeBindingMode?: 'Immediate' | 'WaitForFirstConsumer';
  readonly allowedTopologies?: readonly {
    readonly matchLabelExpressions?: readonly { readonly key: string; readonly values: readonly string[] }[];
  }[];
}
