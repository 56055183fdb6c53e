import { DEFAULT_SCHEMA, dump, Type } from 'js-yaml';
import type { JsonObject } from './json.ts';

/** Numbers of YAML 1.1 that 1.2 takes for text: with `_` between their digits, binary, in base 60. */
const YAML_1_1_NUMBER =
  /^[-+]?(?:0b[01_]+|0x[\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?|\.[\d_]+|\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?)$/;

// js-yaml quotes a text that one of its types would read as something else; this type is there for that alone.
const legacyNumber = new Type('tag:atelier.dev,2026:yaml-1.1-number', {
  kind: 'scalar',
  resolve: (text: unknown) => typeof text === 'string' && YAML_1_1_NUMBER.test(text),
});
const schema = DEFAULT_SCHEMA.extend({ implicit: [legacyNumber] });

/**
 * YAML that every reader of Kubernetes manifests understands alike: what only YAML 1.1 takes for a boolean or a number
 * (`on`, `1_000`) is quoted, because kubectl reads 1.1; long lines are never folded. js-yaml takes a quarter of the time
 * of the `yaml` package, which reads environments because it knows their lines.
 */
export function toYaml(value: JsonObject): string {
  return dump(value, { schema, lineWidth: -1, noRefs: true, quotingType: '"' });
}
