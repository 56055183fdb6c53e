import { describe, expect, it } from 'vitest';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { TIERS } from '../../lib/model/priority-ladder.ts';
import { allowedPriorities } from '../../lib/policies/allowed-priorities.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';

type Priorities = NonNullable<EnvironmentInput['priorities']>;

function ruleOf(input: EnvironmentInput) {
  const platform = platformOf(input);
  const rule = allowedPriorities(platform);
  const variable = (name: string): string => rule.variables.find((each) => each.name === name)?.expression ?? '';
  /** The classes of a tier in the CEL table, with their values. */
  const row = (tier: string): Readonly<Record<string, number>> => {
    const [, content = ''] = new RegExp(`^ {2}'${tier}': \\{(.*)\\},?$`, 'm').exec(variable('allowed')) ?? [];
    const entries = content.split(', ').map((entry) => entry.split(': '));
    return Object.fromEntries(entries.map(([name = '', value]) => [name.slice(1, -1), Number(value)]));
  };
  return { platform, rule, variable, row };
}

const LADDER: Priorities = [
  { name: 'idle', value: -20, tiers: ['tenant', 'reservation'], description: 'Whenever.' },
  { name: 'exam', value: 7, preempts: true, tiers: ['course', 'session', 'platform'], description: 'Now.' },
];

describe('allowed priorities (POL-1)', () => {
  it.each([undefined, LADDER])(
    'GIVEN a ladder WHEN the table is made THEN each tier has what the ladder gives it',
    (ladder) => {
      const { platform, row } = ruleOf(eksInput(ladder ? { priorities: ladder } : {}));
      for (const tier of TIERS) {
        const steps = platform.environment.priorities.filter((step) => step.tiers.includes(tier));
        const expected = Object.fromEntries(steps.map((step) => [step.name, step.value]));
        expect(row(tier)).toEqual({ '': 0, ...expected });
      }
    },
  );

  it('GIVEN the default ladder WHEN tenants are looked at THEN high and system classes are not among theirs', () => {
    const { row } = ruleOf(eksInput());
    expect(Object.keys(row('tenant'))).toEqual(['', 'atelier-low', 'atelier-batch', 'atelier-hub', 'atelier-default']);
    expect(Object.keys(row('course'))).toContain('atelier-course');
  });

  it('GIVEN a class WHEN it is judged THEN by its resolved value, as pods are made', () => {
    const { rule, variable } = ruleOf(eksInput());
    expect(variable('priority')).toContain('object.spec.?priority');
    expect(rule.validations[0]?.expression).toContain('variables.allowed[variables.className] == variables.priority');
    expect(rule.resources).toEqual([
      { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
    ]);
  });

  it('GIVEN a denial WHEN it is written THEN it names class, value, namespace and what is allowed (POL-6)', () => {
    const { rule, variable } = ruleOf(eksInput());
    const explain = rule.validations[0]?.explain ?? '';
    for (const part of ['variables.className', 'variables.priority', 'request.namespace', 'variables.allowedText']) {
      expect(explain).toContain(part);
    }
    expect(variable('allowedText')).toContain(
      "'tenant': 'atelier-low (-8), atelier-batch (-6), atelier-hub (-4), atelier-default (0)'",
    );
  });

  it('GIVEN a namespace without tier WHEN it uses a class of the ladder THEN only the default one is not kept from it', () => {
    const kept = (input: EnvironmentInput): string => ruleOf(input).rule.validations[1]?.expression ?? '';
    expect(kept(eksInput())).toContain("'atelier-course'");
    expect(kept(eksInput())).not.toContain("'atelier-default'");
    expect(kept(eksInput({ priorities: LADDER }))).toContain("['idle', 'exam']");
  });

  it('GIVEN a tier that the ladder does not know WHEN its pods name a class THEN only the default one passes', () => {
    expect(ruleOf(eksInput()).variable('allowed')).toMatch(/orValue\(\{'': 0, 'atelier-default': 0\}\)$/);
    expect(ruleOf(eksInput({ priorities: LADDER })).variable('allowed')).toMatch(/orValue\(\{'': 0\}\)$/);
  });
});
