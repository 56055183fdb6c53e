import { type LateValueName, splitAtLateValues } from '../core/late-value.ts';

/** Whether the text waits for something that only the cloud knows. */
export function holdsLate(text: string): boolean {
  return lateNames(text).length > 0;
}

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Late values that a text names, in their order. */
export function lateNames(text: string): readonly LateValueName[] {
  return splitAtLateValues(text).flatMap((part) => (typeof part === 'string' ? [] : [part.late]));
}

/**
 * What the late values of a reviewed text became in the applied one; `undefined` where the texts differ elsewhere, or
 * a placeholder still stands there.
 */
export function resolveLate(reviewed: string, applied: string): ReadonlyMap<LateValueName, string> | undefined {
  const parts = splitAtLateValues(reviewed);
  const pattern = parts.map((part) => (typeof part === 'string' ? literal(part) : '([^\\n]+?)')).join('');
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
