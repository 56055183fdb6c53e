import { parseQuantity } from '../core/kubernetes-quantity.ts';
import { fieldKeys, type Segment } from './change.ts';

/** Maps whose values are quantities, wherever they stand. */
const QUANTITY_MAPS: ReadonlySet<string> = new Set([
  'allocatable',
  'capacity',
  'default',
  'defaultRequest',
  'hard',
  'limits',
  'max',
  'min',
  'overhead',
  'podFixed',
  'requests',
]);
/** Fields that are one. */
const QUANTITY_FIELDS: ReadonlySet<string> = new Set(['cpu', 'memory', 'sizeLimit', 'storage', 'volumeSize']);

/** Whether Kubernetes reads the field as a quantity; elsewhere `1.10` and `1.1` are two versions, not one number. */
function isQuantityField(path: readonly Segment[]): boolean {
  const keys = fieldKeys(path);
  const last = keys.at(-1) ?? '';
  return path.at(-1) === last && (QUANTITY_FIELDS.has(last) || QUANTITY_MAPS.has(keys.at(-2) ?? ''));
}

/** Whether two values of a field are one quantity in two spellings. */
export function isSameQuantity(path: readonly Segment[], before: unknown, after: unknown): boolean {
  const scalar = (value: unknown): value is string | number => ['string', 'number'].includes(typeof value);
  if (!scalar(before) || !scalar(after) || !isQuantityField(path)) return false;
  const quantity = parseQuantity(String(before));
  return quantity !== undefined && quantity === parseQuantity(String(after));
}
