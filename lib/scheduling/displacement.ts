import type { PriorityStep } from '../model/priority-ladder.ts';
import { mayDisplace } from './priority.ts';

/** Whether pods of one step end those of another where only their node would do. */
export interface Displacement {
  readonly preemptor: string;
  readonly victim: string;
  readonly displaces: boolean;
}

/** Whether a step that finds its node full displaces the other (PRI-2). */
export function displaces(preemptor: PriorityStep, victim: Pick<PriorityStep, 'value'>): boolean {
  return mayDisplace({ value: preemptor.value, preempts: preemptor.preempts }, victim);
}

/** Every pair of steps, a step with itself included. */
export function displacements(ladder: readonly PriorityStep[]): readonly Displacement[] {
  return ladder.flatMap((preemptor) =>
    ladder.map((victim) => ({
      preemptor: preemptor.name,
      victim: victim.name,
      displaces: displaces(preemptor, victim),
    })),
  );
}
