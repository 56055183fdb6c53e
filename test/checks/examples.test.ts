import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { RULE_TEXTS, RULES } from '../../lib/checks/registry.ts';
import type { RuleText } from '../../lib/checks/rule.ts';
import { runChecks } from '../../lib/checks/run.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { synthesize } from '../../stacks/synth.ts';
import { withObjects, withValues } from '../fixtures/change-bundle.ts';
import { eksInput, onPremisesInput } from '../fixtures/environment.ts';
import { overlay } from '../fixtures/overlay.ts';

/** Rules whose examples are about machines of one's own: MIG and time-slicing, a place for the platform. */
const ON_PREMISES = ['GPU002', 'GPU004', 'NODE007'];

function baseOf({ id }: RuleText): EnvironmentInput {
  return ON_PREMISES.includes(id) ? onPremisesInput({ tenants: [] }) : eksInput();
}

function bundleOf(input: unknown): Bundle {
  const synthesis = synthesize(input);
  if (synthesis.kind === 'invalid') throw new Error(JSON.stringify(synthesis.problems, null, 1));
  return synthesis.bundle;
}

let eks: Bundle;
let autoscaled: Bundle;
beforeAll(() => {
  eks = bundleOf(eksInput());
  const input = overlay(
    eksInput(),
    parse(
      'autoscaler: { kind: cluster-autoscaler }\nnodePools: [{ name: gpu, capacity: { instanceTypes: [g5.xlarge] } }]',
    ),
  );
  autoscaled = bundleOf(input);
});

/** Codes of what is found when the text is laid over something sound. */
function found(rule: RuleText, text: string): readonly string[] {
  const { of } = rule.example;
  if (of === 'environment') {
    const synthesis = synthesize(overlay(baseOf(rule), parse(text)));
    return (synthesis.kind === 'invalid' ? synthesis.problems : synthesis.findings).map(({ code }) => code);
  }
  const bundle = rule.id === 'AUTO011' ? autoscaled : eks;
  const changed = of === 'objects' ? withObjects(bundle, text) : withValues(bundle, of.valuesOf, text);
  return runChecks(changed, {}).findings.map(({ code }) => code);
}

describe('PROVE-1: the example of every rule breaks this rule and no other, and what is mended is sound', () => {
  test.each(RULE_TEXTS.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    expect([...new Set(found(rule, rule.example.breaks))]).toEqual([id]);
    expect(found(rule, rule.example.mended)).toEqual([]);
  });

  test('the Bundles that examples are laid over are sound', () => {
    for (const bundle of [eks, autoscaled]) expect(runChecks(bundle, {}).findings).toEqual([]);
    expect(RULES.length).toBeGreaterThanOrEqual(40);
  });
});
