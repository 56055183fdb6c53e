import * as z from 'zod';

/** `schedulerName` of pods that are packed. */
export const PACKING_SCHEDULER = 'atelier-packing';

/** What places the sessions of profiles with `scheduler: packing`: on the fullest node that has room, so that others empty. */
export const packingSchedulerSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }).describe('Nothing: the scheduler of the cluster places everything.'),
    z
      .strictObject({
        kind: z.literal('deployment'),
        replicas: z.int().min(1).max(5).default(2).describe('Replicas; one leads.'),
      })
      .describe('A second kube-scheduler beside that of the cluster; where nobody can configure that one, as on EKS.'),
    z
      .strictObject({ kind: z.literal('control-plane') })
      .describe(
        "A second profile of the cluster's own scheduler: scheduler/kube-scheduler.yaml is written, for you to install.",
      ),
  ])
  .describe(
    'Who packs sessions onto few nodes, so that others empty and go. Kubernetes spreads pods over nodes unless told otherwise.',
  );
