import type { Environment } from '@marcbachmann/cel-js';

type Ordered = bigint | number | string;

function extreme(values: readonly Ordered[], wins: (one: Ordered, best: Ordered) => boolean): Ordered {
  const [first, ...rest] = values;
  if (first === undefined) throw new Error('An empty list has no least and no greatest element.');
  return rest.reduce((best, one) => (wins(one, best) ? one : best), first);
}

const isSorted = (values: readonly Ordered[]): boolean =>
  values.every((value, index) => index === 0 || (values[index - 1] ?? value) <= value);

/** A sum of nothing is `zero`; of anything else, of the kind of its elements. */
const sum =
  <T extends bigint | number>(zero: T) =>
  (values: readonly T[]): T => {
    const [first = zero, ...rest] = values;
    return rest.reduce((total, value) => ((total as number) + (value as number)) as T, first);
  };

/** Functions of lists that Kubernetes adds to CEL (1.36, k8s.io/apiserver/pkg/cel/library/lists.go). */
export function addListFunctions(environment: Environment): void {
  environment
    .registerFunction('list<int>.sum(): int', sum(0n))
    .registerFunction('list<double>.sum(): double', sum(0))
    .registerFunction('list.min(): dyn', (values: readonly Ordered[]) => extreme(values, (one, best) => one < best))
    .registerFunction('list.max(): dyn', (values: readonly Ordered[]) => extreme(values, (one, best) => one > best))
    .registerFunction('list.isSorted(): bool', isSorted)
    .registerFunction('list.indexOf(dyn): int', (values: readonly Ordered[], value: Ordered) =>
      BigInt(values.indexOf(value)),
    )
    .registerFunction('list.lastIndexOf(dyn): int', (values: readonly Ordered[], value: Ordered) =>
      BigInt(values.lastIndexOf(value)),
    );
}
