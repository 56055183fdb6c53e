import * as z from 'zod';
import { bytesField, cpuField, cronField, durationField, labelsField, listWithoutRepeats, nameField } from './field.ts';
import { gpuSharingSchema } from './gpu-sharing.ts';
import { taintSchema } from './taint.ts';

const CAPACITY_TYPES = ['on-demand', 'spot'] as const;

const imageSchema = z
  .strictObject({
    family: z.enum(['al2023', 'bottlerocket']).default('al2023').describe('Operating system family.'),
    version: z
      .string()
      .default('v20260724')
      .describe('Pinned release; "latest" lets nodes drift, and drift ends sessions.'),
    amiId: z
      .string()
      .regex(/^ami-[0-9a-f]{8,17}$/, 'is no AMI id')
      .optional()
      .describe('A custom AMI instead of the released one.'),
    fastImagePull: z.boolean().default(false).describe("nodeadm's parallel image pull (AL2023, FastImagePull)."),
  })
  .describe('What the nodes boot.');

const rootVolumeSchema = z
  .strictObject({
    size: bytesField.describe('Size of the root volume; the 20Gi of the AMI hold no GPU image.'),
    iops: z.int().min(3000).max(16_000).default(3000).describe('gp3 operations per second.'),
    throughput: z.int().min(125).max(1000).default(125).describe('gp3 MiB/s.'),
    snapshotId: z
      .string()
      .regex(/^snap-[0-9a-f]{8,17}$/, 'is no snapshot id')
      .optional()
      .describe('Snapshot with pre-pulled images.'),
  })
  .describe('gp3 root volume, encrypted.');

const ec2Schema = z
  .strictObject({
    kind: z.literal('ec2'),
    instanceTypes: listWithoutRepeats(z.string())
      .min(1)
      .describe('EC2 types, best first. A managed node group needs types of equal CPU, memory and GPU.'),
    capacityTypes: listWithoutRepeats(z.enum(CAPACITY_TYPES))
      .min(1)
      .default(['on-demand'])
      .describe('Purchase options; spot only for work that may be interrupted.'),
    zones: z
      .array(z.string())
      .min(1)
      .optional()
      .describe(
        "Zones of the pool. Default: all of the cluster's. cluster-autoscaler gets a group per zone, max dealt out evenly.",
      ),
    min: z.int().min(0).default(0).describe('Fewest nodes.'),
    max: z.int().min(1).describe('Most nodes.'),
    image: imageSchema.prefault({}),
    rootVolume: rootVolumeSchema.prefault({ size: '100Gi' }),
    maxPods: z
      .int()
      .min(8)
      .max(1024)
      .optional()
      .describe(
        'Cap on pods per node; frees the memory kept for them. In a managed node group without an AMI of its own EKS ' +
          'has a cap too: 110 below 30 vCPUs, else 250.',
      ),
  })
  .describe('Nodes that an autoscaler launches in EC2.');

const machineSchema = z
  .strictObject({
    cpu: cpuField.describe('CPU that pods may use on one node (allocatable).'),
    memory: bytesField.describe('Memory that pods may use on one node (allocatable).'),
    ephemeralStorage: bytesField.prefault('100Gi').describe('Ephemeral storage that pods may use on one node.'),
    pods: z.int().min(1).default(110).describe('Pods per node.'),
    gpu: z
      .strictObject({
        model: z.string().describe('GPU model of the catalogue, for example A100-40GB or T4.'),
        count: z.int().min(1).describe('GPUs per node.'),
      })
      .optional()
      .describe('GPUs of one node.'),
  })
  .describe('One machine of the pool.');

const staticSchema = z
  .strictObject({
    kind: z.literal('static'),
    nodes: z.array(nameField).min(1).describe('Names of the nodes.'),
    machine: machineSchema,
  })
  .describe('Nodes that exist, all alike.');

const budgetSchema = z.strictObject({
  nodes: z
    .string()
    .regex(/^\d+%?$/, 'is neither a number nor a percentage')
    .describe('How many nodes may be disrupted at once: "1", "10%", "0".'),
  reasons: z
    .array(z.enum(['Empty', 'Underutilized', 'Drifted']))
    .min(1)
    .optional()
    .describe('Default: all.'),
  schedule: cronField.optional().describe('Cron in UTC; needs a duration.'),
  duration: durationField.optional().describe('How long the window is open; needs a schedule.'),
});

/** Idle time of nodes where none is stated. */
export const DEFAULT_IDLE_AFTER = '5m';

const disruptionSchema = z
  .strictObject({
    idleAfter: durationField.prefault(DEFAULT_IDLE_AFTER).describe('How long a node is unneeded before it goes.'),
    consolidate: z
      .enum(['when-empty', 'when-empty-or-underutilized'])
      .default('when-empty')
      .describe('when-empty never moves a running pod.'),
    expireAfter: z
      .union([z.literal('never'), durationField])
      .default('never')
      .describe('Age at which a node is replaced, whatever runs on it.'),
    terminationGracePeriod: durationField
      .optional()
      .describe('Longest wait for pods of a node that must go; ends protected sessions too.'),
    budgets: z
      .array(budgetSchema)
      .max(50)
      .default([{ nodes: '10%' }])
      .describe('Limits on simultaneous disruption.'),
  })
  .describe('When nodes are removed or replaced.');

/** One group of equal nodes: the single source of label, taint, toleration, selector, constraint and GPU resource name. */
export const nodePoolSchema = z.strictObject({
  name: nameField.describe('Name, and value of the label atelier.dev/node-pool on every node of the pool.'),
  description: z.string().optional().describe('What the pool is for, in one sentence.'),
  role: z
    .enum(['system', 'general', 'dedicated'])
    .describe('system: add-ons only. general: anything. dedicated: only what names the pool; all GPU pools are.'),
  capacity: z.discriminatedUnion('kind', [ec2Schema, staticSchema]).describe('What nodes there are, or may be.'),
  sharing: gpuSharingSchema.prefault({ kind: 'exclusive' }).describe('How pods share the GPUs of the pool.'),
  largeTraining: z.boolean().default(false).describe('The pool is for jobs that need whole GPUs; sharing is refused.'),
  labels: labelsField.default({}).describe('Further labels of the nodes.'),
  taints: z.array(taintSchema).default([]).describe('Further taints, beside those the role gives.'),
  disruption: disruptionSchema.prefault({}),
});
export type NodePool = z.output<typeof nodePoolSchema>;
export type Ec2Capacity = Extract<NodePool['capacity'], { kind: 'ec2' }>;
export type StaticCapacity = Extract<NodePool['capacity'], { kind: 'static' }>;
