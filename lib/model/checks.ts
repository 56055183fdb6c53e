import * as z from 'zod';

const silenceSchema = z.strictObject({
  rule: z.string().describe('Identifier of the rule, for example AUTO008. `atelier rules` lists them.'),
  at: z
    .string()
    .min(1)
    .optional()
    .describe('Place as findings print it, for example nodePools.gpu; what stands below it counts too. Default: all.'),
  reason: z.string().min(10).describe('Why it may be so; printed with every finding it silences.'),
});

/** How `atelier check` treats the environment. */
export const checksSchema = z.strictObject({
  silence: z
    .array(silenceSchema)
    .default([])
    .describe('Findings that are known and accepted. They are printed with their reason and stop nothing.'),
});
export type Silence = z.output<typeof checksSchema>['silence'][number];
