import * as z from 'zod';
import { userNameField } from './directory-group.ts';
import { bytesField, cpuField, durationField, listWithoutRepeats, nameField } from './field.ts';
import { weeklyWindowSchema } from './weekly-window.ts';

const warmCapacitySchema = z
  .strictObject({
    sessions: z.int().min(1).max(100).describe('How many sessions find a place at once.'),
    schedule: weeklyWindowSchema.optional().describe('When. Default: always, nights and weekends too.'),
  })
  .describe(
    'Room that is kept ready, by placeholder pods of the size of one session that sessions displace and that are replaced at once; needs an elastic pool and a priority class that preempts, such as atelier-warm.',
  );

/** What a user may choose in Workbench: a size, a pool, images; and who may choose it. */
export const sessionProfileSchema = z.strictObject({
  name: nameField.describe('Section of launcher.kubernetes.resources.conf; also a label of the pods.'),
  title: z
    .string()
    .min(1)
    .max(80)
    .regex(/^[^\r\n\][#;=]*$/, 'may not contain line breaks or any of [ ] # ; =')
    .describe('What the user reads.'),
  pool: z.string().describe('Pool the session runs on.'),
  cpu: z
    .strictObject({
      request: cpuField.describe('CPU the scheduler sets aside.'),
      limit: cpuField.optional().describe('CPU the session may use. Default: the request.'),
    })
    .describe('CPU of the session.'),
  memory: z
    .strictObject({
      request: bytesField.describe('Memory the scheduler sets aside.'),
      limit: bytesField.optional().describe('Memory the session may use. Default: the request.'),
    })
    .describe('Memory of the session. Workbench counts in M: 16G is exact.'),
  gpu: z
    .strictObject({
      count: z.int().min(1).describe('GPUs, or GPU instances.'),
      migProfile: z
        .string()
        .regex(/^[0-9a-z][0-9a-z.+-]*$/, 'is no MIG profile')
        .optional()
        .describe('MIG profile, on pools with strategy mixed.'),
    })
    .optional()
    .describe('GPUs of the session.'),
  images: listWithoutRepeats(z.string()).min(1).describe('Session images, the first is the default.'),
  offeredTo: z
    .union([
      z.literal('everyone'),
      z.strictObject({
        groups: z.array(z.string()).default([]).describe('Groups of groups.'),
        users: z.array(userNameField).default([]).describe('Users by name.'),
      }),
    ])
    .describe('everyone, or groups and users.'),
  priorityClass: z.string().optional().describe("Priority class. Default: the ladder's default class."),
  scheduler: z
    .enum(['default', 'packing'])
    .default('default')
    .describe('packing: onto the fullest node that has room; needs packingScheduler.'),
  warmCapacity: warmCapacitySchema.optional(),
  protected: z
    .boolean()
    .default(true)
    .describe('No autoscaler may remove the node under a running session of this profile.'),
  interruptible: z.boolean().default(false).describe('Work that survives losing its node, so that spot will do.'),
  idleTimeout: durationField
    .optional()
    .describe(
      'How long an RStudio session may idle, where that is less than workbench.timeouts.rstudio. Workbench knows users, not what they chose: it holds for all RStudio sessions of everybody who is offered the profile. Other editors know workbench.timeouts alone; what ends every session of the profile is maxLifetime.',
    ),
  maxLifetime: durationField
    .optional()
    .describe(
      'Longest life of a session of the profile, in every editor, idle or at work: Kubernetes ends it then (activeDeadlineSeconds of its Job). Default: none.',
    ),
});
export type SessionProfile = z.output<typeof sessionProfileSchema>;
