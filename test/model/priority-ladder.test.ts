import { describe, expect, it } from 'vitest';
import { infrastructureClass, type PriorityStep } from '../../lib/model/priority-ladder.ts';
import { eksInput, environmentOf } from '../fixtures/environment.ts';

const step = (name: string, value: number, change: Partial<PriorityStep> = {}): PriorityStep => ({
  name,
  value,
  preempts: false,
  default: false,
  tiers: ['platform'],
  description: name,
  ...change,
});

describe('infrastructureClass', () => {
  it('GIVEN the default ladder WHEN asked THEN it is the highest step', () => {
    expect(infrastructureClass(environmentOf(eksInput()).priorities)).toBe('atelier-infrastructure');
  });

  it('GIVEN higher steps of others WHEN asked THEN it is the highest one for the platform', () => {
    const ladder = [step('low', 1), step('high', 10), step('course', 100, { tiers: ['course'] })];
    expect(infrastructureClass(ladder)).toBe('high');
  });

  it('GIVEN only steps that do not outrank pods without a class WHEN asked THEN there is none', () => {
    expect(infrastructureClass([step('placeholder', -10), step('zero', 0)])).toBeUndefined();
    expect(infrastructureClass([step('placeholder', 5), step('usual', 10, { default: true })])).toBeUndefined();
  });
});
