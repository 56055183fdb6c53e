import type { TaintEffect } from '../catalog/taints.ts';
import type { Labels } from '../core/label-selector.ts';
import type { ResourceList } from './pod.ts';

export interface NodeTaint {
  readonly key: string;
  readonly value?: string;
  readonly effect: TaintEffect;
}

/** The part of core/v1 Node that decides what may run on it. */
export interface Node {
  readonly metadata: { readonly name: string; readonly labels?: Labels };
  readonly spec?: { readonly unschedulable?: boolean; readonly taints?: readonly NodeTaint[] };
  readonly status?: { readonly allocatable?: ResourceList };
}
