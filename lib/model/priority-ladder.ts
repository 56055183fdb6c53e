import * as z from 'zod';
import { nameField } from './field.ts';

/** Kinds of namespaces that policies tell apart; the label atelier.dev/tier carries it. */
export const TIERS = ['platform', 'tenant', 'session', 'course', 'reservation'] as const;
export type Tier = (typeof TIERS)[number];

export const priorityStepSchema = z.strictObject({
  name: nameField.describe('Name of the PriorityClass.'),
  value: z
    .int()
    .min(-2_147_483_648)
    .max(1_000_000_000)
    .describe('Greater is served first. Every step has its own value.'),
  preempts: z.boolean().default(false).describe('May displace pods of lower steps. Default: waits its turn.'),
  default: z.boolean().default(false).describe('Given to pods that name no class; at most one step.'),
  tiers: z.array(z.enum(TIERS)).describe('Namespaces whose pods may use the class.'),
  description: z.string().describe('What the class is for; users read it.'),
});
export type PriorityStep = z.output<typeof priorityStepSchema>;

/** Pods below this priority do not make cluster-autoscaler add nodes (--expendable-pods-priority-cutoff, 1.36). */
export const AUTOSCALER_PRIORITY_CUTOFF = -10;

/**
 * The ladder that environments get when they state none, lowest first. Pods without a class count 0,
 * so `default` is 0: nothing that exists changes rank when the ladder arrives.
 */
export const DEFAULT_LADDER: readonly z.input<typeof priorityStepSchema>[] = [
  {
    name: 'atelier-placeholder',
    value: -10,
    tiers: ['reservation', 'platform'],
    description: 'Holds capacity for others and gives way to everybody who may displace.',
  },
  {
    name: 'atelier-warm',
    // Directly above placeholders: whoever may displace displaces everything below, and below it is nothing else.
    value: -9,
    preempts: true,
    tiers: ['session'],
    description: 'Sessions that start on warm capacity; displaces placeholders and nothing else.',
  },
  {
    name: 'atelier-low',
    value: -8,
    tiers: ['tenant', 'session', 'course'],
    description: 'Runs when nobody else wants to.',
  },
  { name: 'atelier-batch', value: -6, tiers: ['tenant', 'session'], description: 'Jobs that nobody waits for.' },
  { name: 'atelier-hub', value: -4, tiers: ['tenant', 'session'], description: 'Notebooks.' },
  {
    name: 'atelier-default',
    value: 0,
    default: true,
    tiers: ['tenant', 'session', 'course', 'platform'],
    description: 'Sessions, and everything that says nothing else.',
  },
  {
    name: 'atelier-course',
    value: 1000,
    preempts: true,
    tiers: ['course', 'session'],
    description: 'Sessions of courses; displaces placeholders.',
  },
  {
    name: 'atelier-infrastructure',
    value: 100_000,
    tiers: ['platform'],
    description: 'What the platform itself needs.',
  },
];

/** The step of placeholders: the lowest that the tier of reservations may use. */
export function placeholderStep(ladder: readonly PriorityStep[]): PriorityStep | undefined {
  return ladder.find(({ tiers }) => tiers.includes('reservation'));
}

/** Whether pods of the step make placeholders give way to them. */
export function displacesPlaceholders(ladder: readonly PriorityStep[], className: string): boolean {
  const step = ladder.find(({ name }) => name === className);
  return step?.preempts === true && step.value > (placeholderStep(ladder)?.value ?? 0);
}

/**
 * Class of what the platform runs for everybody, such as metrics and log shipping: the highest step for namespaces of the
 * platform that outranks pods without a class. `undefined` where the ladder has none; such pods then name no class.
 */
export function infrastructureClass(ladder: readonly PriorityStep[]): string | undefined {
  const ordinary = ladder.find((step) => step.default)?.value ?? 0;
  return ladder.findLast((step) => step.tiers.includes('platform') && step.value > ordinary)?.name;
}
