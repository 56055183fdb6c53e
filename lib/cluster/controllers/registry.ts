import type { Controller } from '../controller.ts';
import { clusterAutoscaler } from './cluster-autoscaler/cluster-autoscaler.ts';
import { hnc } from './hnc.ts';
import { karpenter } from './karpenter/karpenter.ts';
import { kyverno } from './kyverno.ts';
import { nodes } from './nodes/nodes.ts';
import { packingScheduler } from './packing-scheduler.ts';
import { prometheus } from './prometheus.ts';

/** The controllers that can run here, in the order in which they are shown. */
export const CONTROLLERS: readonly Controller[] = [
  nodes,
  packingScheduler,
  hnc,
  kyverno,
  karpenter,
  clusterAutoscaler,
  prometheus,
];
