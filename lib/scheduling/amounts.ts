import { quantityMilliValue, quantityValue } from '../core/kubernetes-quantity.ts';
import type { ResourceList } from './pod.ts';

/** Amounts by resource name as the scheduler counts them: CPU in millicores, everything else in whole units. */
export type Amounts = Readonly<Record<string, number>>;

/** Reads a list of quantities. What is no quantity counts nothing: the API server would have refused it. */
export function amountsOf(list: ResourceList = {}): Amounts {
  const amounts: Record<string, number> = {};
  for (const [name, quantity] of Object.entries(list)) {
    amounts[name] = (name === 'cpu' ? quantityMilliValue(quantity) : quantityValue(quantity)) ?? 0;
  }
  return amounts;
}

/** The sum, resource by resource. */
export function addAmounts(...all: readonly Amounts[]): Amounts {
  const sum: Record<string, number> = {};
  for (const amounts of all)
    for (const [name, amount] of Object.entries(amounts)) sum[name] = (sum[name] ?? 0) + amount;
  return sum;
}

/** The greater one, resource by resource. */
export function maxAmounts(a: Amounts, b: Amounts): Amounts {
  const max: Record<string, number> = { ...a };
  for (const [name, amount] of Object.entries(b)) max[name] = Math.max(max[name] ?? 0, amount);
  return max;
}
