import { describe, expect, it } from 'vitest';
import { podCeiling } from '../../lib/policies/pod-ceiling.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';

// What the expressions make of pods is proven on the real API server, by the corpus.
describe('pod ceiling (POL-3)', () => {
  it('GIVEN a ceiling WHEN sizes are compared THEN half a unit above it, and the messages name it', () => {
    const rule = podCeiling(platformOf(eksInput({ policies: { ceiling: { cpu: '7500m', memory: '12Gi' } } })));
    const [, cpu, memory] = rule.validations;
    expect(cpu?.expression).toContain('variables.cpu > 7.5005');
    expect(memory?.expression).toContain(`variables.memory > ${12 * 2 ** 30}.5`);
    expect(cpu?.explain).toContain('at most 7500m.');
    expect(memory?.explain).toContain('at most 12Gi.');
  });

  it('GIVEN a ceiling of many Ti WHEN it is written into CEL THEN it is a double in digits', () => {
    const rule = podCeiling(platformOf(eksInput({ policies: { ceiling: { cpu: 1024, memory: '1Pi' } } })));
    expect(rule.validations.map(({ expression }) => expression).join()).toMatch(
      /> 1024\.0005\).*> 1125899906842624\.5\)/s,
    );
  });

  it('GIVEN tiers WHEN sizes are judged THEN those of people are, and sessions are not', () => {
    for (const { expression } of podCeiling(platformOf(eksInput())).validations) {
      expect(expression).toContain("variables.tier in ['tenant', 'course']");
    }
  });
});
