import { quantityMilliValue, quantityValue } from '../core/kubernetes-quantity.ts';
import type { ResourceList } from './pod.ts';

/** Amounts by resource name as the scheduler counts them: CPU in millicores, everything else in whole units. */
export type Amounts = Readonly<Record<string, number>>;

/** Reads a list of quantities. What is no quantity counts nothing: the API server would have refused it. */
export function amountsOf(list: ResourceList = {}): Amounts {
  const amounts: Record<string, number> = {};
  // `for in` over plain objects makes no garbage; this runs several times per pod.
  for (const name in list) {
    const quantity = list[name] ?? 0;
    amounts[name] = (name === 'cpu' ? quantityMilliValue(quantity) : quantityValue(quantity)) ?? 0;
  }
  return amounts;
}

/** The sum, resource by resource. */
export function addAmounts(...all: readonly Amounts[]): Amounts {
  const sum: Record<string, number> = {};
  for (const amounts of all) for (const name in amounts) sum[name] = (sum[name] ?? 0) + (amounts[name] ?? 0);
  return sum;
}

/** The greater one, resource by resource. */
export function maxAmounts(a: Amounts, b: Amounts): Amounts {
  const max: Record<string, number> = { ...a };
  for (const name in b) max[name] = Math.max(max[name] ?? 0, b[name] ?? 0);
  return max;
}
