import * as z from 'zod';

/** An EFS file system for home directories and shared state, mounted in every zone, encrypted. */
export const cloudFileSystemSchema = z.strictObject({
  throughput: z
    .enum(['elastic', 'bursting'])
    .default('elastic')
    .describe(
      'elastic: paid by what is read and written. bursting: part of the price of storage, little for small homes.',
    ),
  infrequentAccessAfter: z
    .enum(['never', '7-days', '14-days', '30-days', '60-days', '90-days'])
    .default('30-days')
    .describe('When a file that nobody opens moves to cheaper storage; it comes back when it is opened.'),
  backupRetentionDays: z
    .int()
    .min(0)
    .max(3650)
    .default(35)
    .describe('How long each backup is kept; 0 makes none. One a night.'),
});
