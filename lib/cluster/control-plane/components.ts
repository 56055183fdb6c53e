import type { Component } from '../component.ts';
import type { ClusterOptions } from '../state.ts';
import { etcd } from './etcd.ts';
import { kubeApiserver } from './kube-apiserver.ts';
import { kubeControllerManager, kubeScheduler } from './kube-controllers.ts';
import { kwok } from './kwok.ts';
import { serviceNetwork } from './service-network.ts';

/** What starts one after the other; the members of a wave start together. */
export type Waves = readonly (readonly Component[])[];

const CONTROL_PLANE: Waves = [[etcd, serviceNetwork], [kubeApiserver], [kubeControllerManager, kubeScheduler, kwok]];

/** The components of a control plane, without those that were not wanted. */
export function controlPlane({ without }: ClusterOptions): Waves {
  return CONTROL_PLANE.map((wave) => wave.filter(({ name }) => !without.includes(name)));
}
