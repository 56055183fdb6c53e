import { describe, expect, test } from 'vitest';
import { PriorityLadder } from '../../lib/priorities/priority-ladder.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';

const classes = (input = eksInput()) =>
  manifestsOf(
    synthesize((scope) => new PriorityLadder(scope, 'ladder', { platform: platformOf(input) })),
    'PriorityClass',
  );

describe('PRI-1: the ladder', () => {
  test('GIVEN the default ladder THEN courses displace, sessions on warm capacity displace placeholders, and nobody else does', () => {
    const policies = Object.entries(classes()).map(([name, { preemptionPolicy }]) => [name, preemptionPolicy]);
    expect(Object.fromEntries(policies)).toEqual({
      'atelier-placeholder': 'Never',
      'atelier-warm': 'PreemptLowerPriority',
      'atelier-low': 'Never',
      'atelier-batch': 'Never',
      'atelier-hub': 'Never',
      'atelier-default': 'Never',
      'atelier-course': 'PreemptLowerPriority',
      'atelier-infrastructure': 'Never',
    });
  });

  test('GIVEN the default ladder THEN warm sessions have nothing below them but placeholders (PRI-2, NODE-9)', () => {
    const all = Object.values(classes()).map(({ metadata, value }) => [metadata.name, Number(value)] as const);
    const warm = Number(classes()['atelier-warm']?.value);
    expect(all.filter(([, value]) => value < warm).map(([name]) => name)).toEqual(['atelier-placeholder']);
  });

  test('GIVEN a ladder of one’s own THEN its steps are written out', () => {
    const step = { name: 'usual', value: 7, default: true, tiers: ['tenant'], description: 'As it comes.' } as const;
    expect(classes(eksInput({ priorities: [{ ...step, tiers: [...step.tiers] }] })).usual).toEqual({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'usual' },
      value: 7,
      globalDefault: true,
      preemptionPolicy: 'Never',
      description: 'As it comes.',
    });
  });

  test('GIVEN the default ladder THEN exactly one class is the default', () => {
    expect(Object.values(classes()).filter(({ globalDefault }) => globalDefault === true)).toHaveLength(1);
  });
});
