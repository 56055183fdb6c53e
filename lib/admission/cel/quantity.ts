import type { Environment } from '@marcbachmann/cel-js';
import { parseQuantity } from '../../core/kubernetes-quantity.ts';

const NANO = 1_000_000_000n;

/** A Kubernetes quantity as CEL holds it, exact to a billionth. */
class Quantity {
  readonly nano: bigint;
  constructor(nano: bigint) {
    this.nano = nano;
  }
}

const LEAST_INT64 = -(2n ** 63n);
const MOST_INT64 = 2n ** 63n - 1n;

function quantityOf(text: string): Quantity {
  const nano = parseQuantity(text);
  if (nano === undefined) throw new Error(`"${text}" is no quantity`);
  return new Quantity(nano);
}

function isInteger({ nano }: Quantity): boolean {
  return nano % NANO === 0n && nano / NANO >= LEAST_INT64 && nano / NANO <= MOST_INT64;
}

function integerOf(quantity: Quantity): bigint {
  if (!isInteger(quantity)) throw new Error('the quantity is no whole number of 64 bits');
  return quantity.nano / NANO;
}

const order = (a: Quantity, b: Quantity): bigint => (a.nano === b.nano ? 0n : a.nano < b.nano ? -1n : 1n);

/** `quantity('1Gi')` and its members (Kubernetes 1.36, k8s.io/apiserver/pkg/cel/library/quantity.go). */
export function addQuantities(environment: Environment): void {
  environment
    .registerType('kubernetes.Quantity', Quantity)
    .registerFunction('quantity(string): kubernetes.Quantity', quantityOf)
    .registerFunction('isQuantity(string): bool', (text: string) => parseQuantity(text) !== undefined)
    .registerFunction('kubernetes.Quantity.sign(): int', (own: Quantity) => order(own, new Quantity(0n)))
    .registerFunction('kubernetes.Quantity.isInteger(): bool', isInteger)
    .registerFunction('kubernetes.Quantity.asInteger(): int', integerOf)
    .registerFunction('kubernetes.Quantity.asApproximateFloat(): double', (own: Quantity) => Number(own.nano) / 1e9)
    .registerFunction(
      'kubernetes.Quantity.isGreaterThan(kubernetes.Quantity): bool',
      (own: Quantity, other: Quantity) => own.nano > other.nano,
    )
    .registerFunction(
      'kubernetes.Quantity.isLessThan(kubernetes.Quantity): bool',
      (own: Quantity, other: Quantity) => own.nano < other.nano,
    )
    .registerFunction('kubernetes.Quantity.compareTo(kubernetes.Quantity): int', order)
    .registerFunction(
      'kubernetes.Quantity.add(kubernetes.Quantity): kubernetes.Quantity',
      (own: Quantity, other: Quantity) => new Quantity(own.nano + other.nano),
    )
    .registerFunction(
      'kubernetes.Quantity.add(int): kubernetes.Quantity',
      (own: Quantity, other: bigint) => new Quantity(own.nano + other * NANO),
    )
    .registerFunction(
      'kubernetes.Quantity.sub(kubernetes.Quantity): kubernetes.Quantity',
      (own: Quantity, other: Quantity) => new Quantity(own.nano - other.nano),
    )
    .registerFunction(
      'kubernetes.Quantity.sub(int): kubernetes.Quantity',
      (own: Quantity, other: bigint) => new Quantity(own.nano - other * NANO),
    )
    .registerOperator('kubernetes.Quantity == kubernetes.Quantity', (a: Quantity, b: Quantity) => a.nano === b.nano);
}
