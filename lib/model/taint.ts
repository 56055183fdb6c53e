import * as z from 'zod';
import { TAINT_EFFECTS } from '../catalog/taints.ts';
import { labelKeyField, labelValueField } from './field.ts';

export const taintSchema = z.strictObject({
  key: labelKeyField.describe('Taint key, for example example.com/licensed.'),
  value: labelValueField.default('').describe('Taint value; empty by default.'),
  effect: z.enum(TAINT_EFFECTS).describe('What happens to a pod that does not tolerate it.'),
});

/** A taint: repels every pod that does not tolerate it (core/v1 Taint). */
export type Taint = z.output<typeof taintSchema>;

/** What a pod says to be let onto a tainted node (core/v1 Toleration). */
export interface Toleration {
  readonly key: string;
  readonly operator: 'Equal' | 'Exists';
  readonly value?: string;
  readonly effect: Taint['effect'];
}

/** The narrowest toleration of one taint. */
export function tolerationOf(taint: Taint): Toleration {
  return taint.value === ''
    ? { key: taint.key, operator: 'Exists', effect: taint.effect }
    : { key: taint.key, operator: 'Equal', value: taint.value, effect: taint.effect };
}

/** Taint as the kubelet and people write it: `key=value:Effect`. */
export function formatTaint(taint: Taint): string {
  return `${taint.key}${taint.value === '' ? '' : `=${taint.value}`}:${taint.effect}`;
}
