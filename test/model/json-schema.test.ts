import { describe, expect, test } from 'vitest';
import { environmentJsonSchema } from '../../lib/model/json-schema.ts';

type Node = {
  properties?: Record<string, Node>;
  description?: string;
  required?: string[];
  additionalProperties?: unknown;
  anyOf?: Node[];
};
const schema = environmentJsonSchema() as unknown as Node;

describe('the JSON Schema that editors complete by', () => {
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
