import { placeholders } from '../../model/placeholders.ts';
import type { Platform } from '../../model/platform.ts';
import { type PriorityStep, placeholderStep } from '../../model/priority-ladder.ts';
import { warmCapacities } from '../../model/warm-capacity.ts';
import { starters } from './starter.ts';

/** A priority class, with what runs under it. */
export interface Rung {
  readonly step: PriorityStep;
  /** What people start. */
  readonly starters: readonly string[];
  /** What holds room for others: `warm capacity of gpu-small (2 sessions)`. */
  readonly holders: readonly string[];
  /** Whether it may displace anything: it preempts, and is not the lowest. */
  readonly displaces: boolean;
}

/** The priority classes of an environment, highest first. */
export function ladder(platform: Platform): readonly Rung[] {
  const { priorities } = platform.environment;
  const all = starters(platform);
  const lowest = Math.min(...priorities.map(({ value }) => value));
  const held = placeholderStep(priorities);
  const holders = [
    ...placeholders(platform).map(({ reservation: { name, gpus } }) => `reservation ${name} (${gpus} GPUs)`),
    ...warmCapacities(platform).map(
      ({ profile, sessions }) => `warm capacity of ${profile.name} (${sessions} sessions)`,
    ),
  ];
  return [...priorities]
    .sort((a, b) => b.value - a.value)
    .map((step) => ({
      step,
      starters: all.filter(({ demand }) => demand.priorityClass === step.name).map(({ name }) => name),
      holders: step.name === held?.name ? holders : [],
      displaces: step.preempts && step.value > lowest,
    }));
}
