import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../lib/core/duration.ts';
import { parseBytes, parseMillicpu } from '../../lib/core/quantity.ts';
import { environmentJsonSchema } from '../../lib/model/json-schema.ts';

type Node = {
  properties?: Record<string, Node>;
  description?: string;
  required?: string[];
  additionalProperties?: unknown;
  anyOf?: Node[];
  oneOf?: Node[];
  items?: Node;
  const?: unknown;
  $ref?: string;
  $defs?: Record<string, Node>;
  default?: unknown;
  pattern?: string;
};
const schema = environmentJsonSchema() as unknown as Node;

/** Every key of the schema with its node, as `.workbench.database.host`. */
function keys(node: Node, at = ''): readonly (readonly [string, Node])[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([key, child]) => [
    [`${at}.${key}`, child] as const,
    ...keys(child, `${at}.${key}`),
  ]);
  const parts = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.items ? [node.items] : [])];
  const defined = Object.entries(node.$defs ?? {}).flatMap(([name, child]) => keys(child, `${at}${name}`));
  return [...own, ...parts.flatMap((part) => keys(part, at)), ...defined];
}

const nodeAt = (path: string): Node => keys(schema).find(([at]) => at === path)?.[1] ?? {};

describe('the JSON Schema that editors complete by', () => {
  test('says of every key what it is; a kind is told by its options', () => {
    expect(keys(schema).length).toBeGreaterThan(200);
    const silent = keys(schema).filter(([, node]) => node.description === undefined && node.const === undefined);
    expect(silent.map(([at]) => at)).toEqual([]);
  });

  test('shows defaults of durations and sizes as people write them', () => {
    expect(nodeAt('.workbench.timeouts.rstudio').default).toBe('2h');
    expect(nodeAt('.monitoring.storage').default).toBe('50Gi');
    expect(nodeAt('.nodePools.disruption.idleAfter').default).toBe('5m');
  });

  test.each([
    ['.nodePools.disruption.idleAfter', parseDuration, /^[0-9smhd]{1,6}$/],
    [
      '.monitoring.storage',
      (text: string) => (/[a-zA-Z]$/.test(text) ? parseBytes(text) : undefined),
      /^[0-9.]{1,3}[kMGTi]{0,2}$/,
    ],
    ['.policies.ceiling.cpu', parseMillicpu, /^[0-9.]{1,6}m?$/],
  ] as const)('refuses of %s what the loader refuses, and nothing else', (path, parse, shape) => {
    const pattern = new RegExp(nodeAt(path).pattern ?? 'no pattern', 'u');
    let accepted = 0;
    fc.assert(
      fc.property(fc.stringMatching(shape), (text) => {
        expect(pattern.test(text), text).toBe(parse(text) !== undefined);
        if (pattern.test(text)) accepted += 1;
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(10);
  });

  test('knows the top-level keys, which of them are needed, and no others', () => {
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toEqual(expect.arrayContaining(['version', 'name', 'cluster', 'nodePools', 'workbench']));
    expect(schema.required).not.toContain('monitoring');
  });

  test('allows tenants in place or in a file', () => {
    expect(schema.properties?.tenants?.anyOf).toHaveLength(2);
  });

  test('describes quantities as people write them, not as the model keeps them', () => {
    expect(JSON.stringify(schema.properties?.monitoring?.properties?.storage)).toContain('string');
  });
});
