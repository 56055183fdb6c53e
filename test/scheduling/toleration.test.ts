import { describe, expect, test } from 'vitest';
import type { NodeTaint } from '../../lib/scheduling/node.ts';
import { admittedTolerations, tolerates, untoleratedTaint } from '../../lib/scheduling/toleration.ts';

const TAINT: NodeTaint = { key: 'gpu', value: 'present', effect: 'NoSchedule' };

describe('taints and tolerations (NODE-1)', () => {
  test.each([
    ['key, value and effect', { key: 'gpu', operator: 'Equal', value: 'present', effect: 'NoSchedule' }, true],
    ['Equal where no operator is named', { key: 'gpu', value: 'present' }, true],
    ['every value', { key: 'gpu', operator: 'Exists' }, true],
    ['every taint', { operator: 'Exists' }, true],
    ['another value', { key: 'gpu', operator: 'Equal', value: 'absent' }, false],
    ['no value', { key: 'gpu', operator: 'Equal' }, false],
    ['another key', { key: 'cpu', operator: 'Exists' }, false],
    ['another effect', { key: 'gpu', operator: 'Exists', effect: 'NoExecute' }, false],
    ['a comparison, whose gate is off', { key: 'gpu', operator: 'Gt', value: '1' }, false],
  ] as const)('GIVEN a toleration of %s THEN it holds: %s, %s', (_, toleration, expected) => {
    expect(tolerates(toleration, TAINT)).toBe(expected);
  });

  test('GIVEN a comparison WHEN the numbers would do THEN it still holds nothing', () => {
    const numbered: NodeTaint = { key: 'gpu', value: '5', effect: 'NoSchedule' };
    expect(tolerates({ key: 'gpu', operator: 'Gt', value: '1' }, numbered)).toBe(false);
    expect(tolerates({ key: 'gpu', operator: 'Lt', value: '9' }, numbered)).toBe(false);
  });

  test('GIVEN several taints WHEN asked THEN the first that repels is named; PreferNoSchedule never does', () => {
    const taints: readonly NodeTaint[] = [
      { key: 'soft', effect: 'PreferNoSchedule' },
      TAINT,
      { key: 'out', effect: 'NoExecute' },
    ];
    expect(untoleratedTaint(taints, [])).toBe(TAINT);
    expect(untoleratedTaint(taints, [{ key: 'gpu', operator: 'Exists' }])?.key).toBe('out');
    expect(untoleratedTaint(taints, [{ operator: 'Exists' }])).toBeUndefined();
  });

  test('GIVEN a pod WHEN admitted THEN it stays on an unready node for a while, unless it says something itself', () => {
    const keys = (tolerations: Parameters<typeof admittedTolerations>[0]) =>
      admittedTolerations(tolerations).map(({ key }) => key);
    const [notReady, unreachable] = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
    expect(keys([])).toEqual([notReady, unreachable]);
    expect(keys([{ key: notReady, value: 'x' }])).toEqual([notReady, unreachable]);
    expect(keys([{ operator: 'Exists' }])).toEqual([undefined]);
    expect(keys([{ operator: 'Exists', effect: 'NoSchedule' }])).toEqual([undefined, notReady, unreachable]);
  });
});
