import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { synthesize } from '../../stacks/synth.ts';
import { eksInput } from '../fixtures/environment.ts';
import { overlay } from '../fixtures/overlay.ts';

function checked(text: string) {
  const synthesis = synthesize(overlay(eksInput(), parse(text)));
  if (synthesis.kind === 'invalid') throw new Error(JSON.stringify(synthesis.problems));
  return synthesis;
}

/** Two pools whose empty nodes go too soon, and what the environment says about it. */
const twoFindings = (silence: string) => `
nodePools:
  - { name: cpu, disruption: { idleAfter: 10s } }
  - { name: gpu, disruption: { idleAfter: 10s } }
checks: { silence: ${silence} }`;

describe('PROVE-1: findings are silenced with a reason', () => {
  test('GIVEN a silence for one place THEN what stands below it is accepted with the reason, and nothing else', () => {
    const { findings, silenced } = checked(
      twoFindings('[{ rule: AUTO004, at: nodePools.gpu, reason: tried out in a demo }]'),
    );
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual(['AUTO004 nodePools.cpu.disruption.idleAfter']);
    expect(silenced).toMatchObject([
      { code: 'AUTO004', path: 'nodePools.gpu.disruption.idleAfter', reason: 'tried out in a demo' },
    ]);
  });

  test('GIVEN a silence without a place THEN it holds for all', () => {
    const { findings, silenced } = checked(twoFindings('[{ rule: AUTO004, reason: tried out in a demo }]'));
    expect(findings).toEqual([]);
    expect(silenced).toHaveLength(2);
  });

  test('GIVEN an error that is accepted THEN the environment is not refused', () => {
    const broken = 'sessionProfiles: [{ name: gpu, cpu: { request: 8 } }]';
    const silence = 'checks: { silence: [{ rule: NODE002, reason: nodes of this size come next week }] }';
    expect(checked(broken).kind).toBe('refused');
    expect(checked(`${broken}\n${silence}`).kind).toBe('accepted');
  });

  test('GIVEN a place whose name only begins alike THEN it is not silenced, and the silence is told to be useless', () => {
    const { findings } = checked(twoFindings('[{ rule: AUTO004, at: nodePools.g, reason: tried out in a demo }]'));
    expect(findings.map(({ code }) => code).sort()).toEqual(['AUTO004', 'AUTO004', 'SIL002']);
    const useless = findings.find(({ code }) => code === 'SIL002');
    expect(useless).toMatchObject({
      severity: 'warning',
      path: 'checks.silence[0].at',
      message: 'AUTO004 finds nothing at "nodePools.g".',
      hint: 'It finds something at nodePools.cpu.disruption.idleAfter, nodePools.gpu.disruption.idleAfter.',
    });
  });

  test('GIVEN a rule that does not exist THEN that is an error with the one that was meant', () => {
    const synthesis = checked('checks: { silence: [{ rule: AUTO0O4, reason: tried out in a demo }] }');
    expect(synthesis.kind).toBe('refused');
    expect(synthesis.findings).toMatchObject([
      { code: 'SIL001', path: 'checks.silence[0].rule', hint: expect.stringContaining('"AUTO004"') },
    ]);
  });

  test('GIVEN a silence of what is said about silences THEN it is no rule', () => {
    const { findings } = checked('checks: { silence: [{ rule: SIL002, reason: tried out in a demo }] }');
    expect(findings.map(({ code }) => code)).toEqual(['SIL001']);
  });

  test('GIVEN no reason, or hardly one THEN it is bad input', () => {
    for (const silence of ['[{ rule: AUTO004 }]', '[{ rule: AUTO004, reason: "because" }]']) {
      expect(synthesize(overlay(eksInput(), parse(twoFindings(silence))))).toMatchObject({ kind: 'invalid' });
    }
  });
});
