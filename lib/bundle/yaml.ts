import { stringify } from 'yaml';
import type { JsonObject } from '../core/json.ts';

/**
 * YAML that every reader of Kubernetes manifests understands alike: strings that YAML 1.1 takes for booleans
 * (`yes`, `on`) are quoted, because kubectl reads 1.1; long lines are never folded.
 */
export function toYaml(value: JsonObject): string {
  return stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
