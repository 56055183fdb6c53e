import * as z from 'zod';
import { durationField } from './field.ts';

const karpenterSchema = z
  .strictObject({
    kind: z.literal('karpenter'),
    interruptionQueue: z.string().optional().describe('SQS queue of interruption events. Default: the cluster name.'),
    replicas: z.int().min(1).default(2).describe('Replicas of the controller.'),
    batchIdle: durationField.prefault('1s').describe('Quiet time that ends a batch of pending pods.'),
    batchMax: durationField.prefault('10s').describe('Longest time pending pods are collected.'),
  })
  .describe('Karpenter launches nodes for pending pods (EKS only).');

const clusterAutoscalerSchema = z
  .strictObject({
    kind: z.literal('cluster-autoscaler'),
    replicas: z.int().min(1).default(1).describe('Replicas; one leads.'),
    scanInterval: durationField.prefault('10s').describe('How often pending pods and idle nodes are looked at.'),
    expander: z
      .enum(['least-waste', 'most-pods', 'least-nodes', 'priority', 'random'])
      .default('least-waste')
      .describe('Which group grows where several would do.'),
  })
  .describe('cluster-autoscaler resizes managed node groups (EKS only).');

const noAutoscalerSchema = z.strictObject({ kind: z.literal('none') }).describe('Nodes come and go by hand.');

/** Who adds and removes nodes. Exactly one, because two would both answer the same pending pod. */
export const autoscalerSchema = z.discriminatedUnion('kind', [
  karpenterSchema,
  clusterAutoscalerSchema,
  noAutoscalerSchema,
]);
export type Autoscaler = z.output<typeof autoscalerSchema>;
export type Karpenter = Extract<Autoscaler, { kind: 'karpenter' }>;
export type ClusterAutoscaler = Extract<Autoscaler, { kind: 'cluster-autoscaler' }>;
