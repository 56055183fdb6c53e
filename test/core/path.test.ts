import { describe, expect, test } from 'vitest';
import { displayPath, resolveProblem } from '../../lib/core/path.ts';
import { attachLocation, locate } from '../../lib/core/source.ts';

const input = {
  nodePools: [{ name: 'cpu' }, { name: 'gpu', taints: [{ effect: 'x' }] }, { name: 'twin' }, { name: 'twin' }],
};

describe('places in an environment', () => {
  test('items of named lists are shown by name', () => {
    expect(displayPath(input, ['nodePools', 1, 'taints', 0, 'effect'])).toBe('nodePools.gpu.taints[0].effect');
  });

  test('GIVEN two items of one name THEN the index tells them apart', () => {
    expect(displayPath(input, ['nodePools', 3])).toBe('nodePools[3]');
  });

  test('keys that are no words are quoted, and the root has a name', () => {
    expect(displayPath({}, ['labels', 'a.b/c'])).toBe('labels["a.b/c"]');
    expect(displayPath({}, [])).toBe('(environment)');
  });

  test('the most precise known line wins: the value itself, its key, or the nearest thing around it', () => {
    const at = (line: number) => ({ file: 'f.yaml', line, column: 1 });
    const pool = attachLocation({ name: 'gpu', taints: [] }, at(7), { name: at(8) });
    const root = attachLocation({ nodePools: [pool] }, at(1));
    expect(locate(root, ['nodePools', 0, 'name'])?.line).toBe(8);
    expect(locate(root, ['nodePools', 0, 'taints', 3])?.line).toBe(7);
    expect(locate(root, ['autoscaler'])?.line).toBe(1);
    expect(resolveProblem({ code: 'X001', at: ['nodePools', 0], message: 'm' }, root)).toEqual({
      code: 'X001',
      severity: 'error',
      path: 'nodePools.gpu',
      source: at(7),
      message: 'm',
    });
  });

  test('the mark of a location is invisible to JSON, equality and enumeration', () => {
    const marked = attachLocation({ a: 1 }, { file: 'f', line: 1, column: 1 });
    expect(JSON.stringify(marked)).toBe('{"a":1}');
    expect(Object.keys(marked)).toEqual(['a']);
    expect(marked).toEqual({ a: 1 });
  });
});
