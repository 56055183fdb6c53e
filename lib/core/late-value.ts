import type { Json } from './json.ts';

/**
 * What only the cloud knows, after it has made something. Kubernetes objects and Helm values hold a placeholder for it,
 * which `pulumi up` replaces (lib/pulumi); everything else shows it as it stands.
 */
export const LATE_VALUES = ['homes-file-system-id', 'database-host'] as const;
export type LateValueName = (typeof LATE_VALUES)[number];

const PLACEHOLDER = /<late:([a-z0-9-]+)>/g;

/** The placeholder of a late value, for use inside any text: `<late:database-host>`. */
export function lateValue(name: LateValueName): string {
  return `<late:${name}>`;
}

function isLateValue(name: string | undefined): name is LateValueName {
  return LATE_VALUES.some((known) => known === name);
}

/** Which late values the texts of a value wait for, sorted, each once. */
export function lateValuesIn(value: Json): readonly LateValueName[] {
  const found = [...JSON.stringify(value).matchAll(PLACEHOLDER)].map(([, name]) => name).filter(isLateValue);
  return [...new Set(found)].sort();
}
