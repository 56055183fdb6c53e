import * as z from 'zod';

const exclusiveSchema = z.strictObject({ kind: z.literal('exclusive') }).describe('One pod per GPU.');

const migSchema = z
  .strictObject({
    kind: z.literal('mig'),
    strategy: z
      .enum(['single', 'mixed'])
      .describe('single: devices keep the name nvidia.com/gpu, all of one profile; mixed: one name per profile.'),
    layout: z
      .record(z.string(), z.int().min(1))
      .describe('MIG profiles and how many of each one GPU is cut into, for example {"1g.5gb": 7}.'),
  })
  .describe('Hardware partitions of A100, H100 and their kin.');

const timeSlicingSchema = z
  .strictObject({
    kind: z.literal('time-slicing'),
    replicas: z.int().min(2).max(48).describe('Pods that share one GPU, without isolation of memory or faults.'),
    rename: z.boolean().default(true).describe('Advertise nvidia.com/gpu.shared instead of nvidia.com/gpu.'),
  })
  .describe('Several pods take turns on one GPU.');

/** How the pods of a pool share its GPUs. */
export const gpuSharingSchema = z.discriminatedUnion('kind', [exclusiveSchema, migSchema, timeSlicingSchema]);
export type GpuSharing = z.output<typeof gpuSharingSchema>;
