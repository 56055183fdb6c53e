import type { Json } from './json.ts';

/**
 * What only the cloud knows, after it has made something. Kubernetes objects and Helm values hold a placeholder for it,
 * which `pulumi up` replaces (lib/pulumi); everything else shows it as it stands.
 */
const LATE_VALUES = ['homes-file-system-id', 'database-host'] as const;
export type LateValueName = (typeof LATE_VALUES)[number];

const PLACEHOLDER = /<late:([a-z0-9-]+)>/;

/** The placeholder of a late value, for use inside any text: `<late:database-host>`. */
export function lateValue(name: LateValueName): string {
  return `<late:${name}>`;
}

function isLateValue(name: string | undefined): name is LateValueName {
  return LATE_VALUES.some((known) => known === name);
}

/** A text cut at its placeholders, in order. */
export function splitAtLateValues(text: string): readonly (string | { readonly late: LateValueName })[] {
  return text
    .split(PLACEHOLDER)
    .map((part, index) => {
      if (index % 2 === 0) return part;
      return isLateValue(part) ? { late: part } : `<late:${part}>`;
    })
    .filter((part) => part !== '');
}

function addLateValues(value: Json | undefined, found: Set<LateValueName>): void {
  if (typeof value === 'string') {
    if (!value.includes('<late:')) return;
    for (const part of splitAtLateValues(value)) if (typeof part !== 'string') found.add(part.late);
  } else if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value) as readonly (Json | undefined)[]) addLateValues(child, found);
  }
}

/** Which late values the texts of the values wait for, sorted, each once. */
export function lateValuesIn(...values: readonly Json[]): readonly LateValueName[] {
  const found = new Set<LateValueName>();
  for (const value of values) addLateValues(value, found);
  return [...found].sort();
}
