import { describe, expect, test } from 'vitest';
import { UnreadablePlanError } from '../../lib/verify/applied.ts';
import { readApplied } from '../../lib/verify/read-applied.ts';
import { planText, stateText, urnOf } from '../fixtures/pulumi-files.ts';

const type = 'kubernetes:core/v1:Namespace';
const namespace = (stack = 'prod', name = 'Namespace/a::b') => ({
  urn: urnOf(stack, `atelier:index:Platform$${type}`, name),
  type,
  custom: true,
  inputs: {},
});

describe('reading plans and states', () => {
  test('GIVEN either THEN stack, type and logical name are read, whatever the name holds', () => {
    const { resources, stack } = readApplied(planText([namespace()]), 'plan');
    expect(stack).toBe('prod');
    expect(resources).toMatchObject([{ type, name: 'Namespace/a::b', custom: true }]);
    expect(readApplied(stateText([namespace()]), 'state').resources).toEqual(resources);
  });

  test('GIVEN an empty stack THEN there is nothing, and no stack to read it from', () => {
    expect(readApplied('{"version": 3}', 'state')).toMatchObject({ resources: [] });
    expect(readApplied('{"version": 3}', 'state')).not.toHaveProperty('stack');
  });

  test('GIVEN an interrupted update THEN it says so', () => {
    const text = stateText([], { pending_operations: [{ type: 'creating' }] });
    expect(readApplied(text, 'state').notes).toEqual([expect.stringContaining('An update was interrupted')]);
  });

  const whole = planText([namespace()]);
  test.each([
    ['nothing', '', 'plan', /^It is empty\. Make it with "pulumi preview --json --show-sames > plan\.json"/],
    ['text', 'Previewing update (prod)', 'plan', /^It is no JSON, or was cut off/],
    ['a part of a plan', whole.slice(0, -20), 'plan', /^It is no JSON, or was cut off/],
    ['events', '{"sequence":0}\n{"sequence":1}\n', 'plan', /PULUMI_ENABLE_STREAMING_JSON_PREVIEW/],
    ['a list', '[]', 'plan', /^It is no plan/],
    ['a state', stateText([namespace()]), 'plan', /^It is a state, not a plan: give it as --state/],
    ['a plan', whole, 'state', /^It is a plan, not a state: give it as --plan/],
    ['a state of old', '{"version": 1, "deployment": {}}', 'state', /^The state is of version 1; 3 and 4/],
    ['a resource without URN', planText([{ ...namespace(), urn: 'x' }]), 'plan', /steps\[0\]\.newState is no resource/],
    ['two stacks', planText([namespace(), namespace('dev')]), 'plan', /several stacks: prod, dev/],
    [
      'a plan without what stays',
      whole.replace('"changeSummary":{', '"changeSummary":{"same":41,'),
      'plan',
      /^The plan leaves out 41 resources that stay the same\. Make it with .*--show-sames/,
    ],
    [
      'a failed preview',
      '{"diagnostics":[{"message":"no credentials","severity":"error"}]}',
      'plan',
      /^The preview failed.*no credentials$/,
    ],
  ] as const)('GIVEN %s THEN it says what it is and what to do', (_, text, source, message) => {
    expect(() => readApplied(text, source)).toThrow(UnreadablePlanError);
    expect(() => readApplied(text, source)).toThrow(message);
  });
});
