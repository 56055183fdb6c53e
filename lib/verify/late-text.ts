import { LATE_VALUES, type LateValueName, lateValue } from '../core/late-value.ts';

const PLACEHOLDERS = new RegExp(`(${LATE_VALUES.map(lateValue).join('|')})`);

/** Whether the text waits for something that only the cloud knows. */
export function holdsLate(text: string): boolean {
  return PLACEHOLDERS.test(text);
}

const nameOf = (placeholder: string): LateValueName | undefined =>
  LATE_VALUES.find((name) => lateValue(name) === placeholder);

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Late values that a text names, in their order. */
export function lateNames(text: string): readonly LateValueName[] {
  return text.split(PLACEHOLDERS).flatMap((part) => nameOf(part) ?? []);
}

/**
 * What the late values of a reviewed text became in the applied one; `undefined` where the texts differ elsewhere, or
 * a placeholder still stands there.
 */
export function resolveLate(reviewed: string, applied: string): ReadonlyMap<LateValueName, string> | undefined {
  const parts = reviewed.split(PLACEHOLDERS);
  const pattern = parts.map((part) => (nameOf(part) === undefined ? literal(part) : '([^\\n]+?)')).join('');
  const values = new RegExp(`^${pattern}$`).exec(applied)?.slice(1);
  if (!values || holdsLate(applied)) return undefined;
  const resolved = new Map<LateValueName, string>();
  for (const [index, name] of lateNames(reviewed).entries()) {
    const value = values[index] ?? '';
    if ((resolved.get(name) ?? value) !== value) return undefined;
    resolved.set(name, value);
  }
  return resolved;
}
