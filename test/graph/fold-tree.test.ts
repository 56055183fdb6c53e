import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldTree } from '../../lib/graph/views/fold-tree.ts';

interface Item {
  readonly children: readonly Item[];
}

const { forest } = fc.letrec<{ item: Item; forest: readonly Item[] }>((tie) => ({
  item: fc.record({ children: tie('forest') }),
  forest: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant([]),
    fc.array(tie('item'), { maxLength: 6 }),
  ),
}));

const countAll = (items: readonly Item[]): number =>
  items.reduce((sum, { children }) => sum + 1 + countAll(children), 0);

describe('large trees are folded (PROVE-4)', () => {
  test('GIVEN any forest THEN at most so many items are shown, and all others are counted where they would stand', () => {
    fc.assert(
      fc.property(forest, fc.integer({ min: 0, max: 30 }), (roots, most) => {
        const rows = foldTree(roots, ({ children }) => children, most);
        const items = rows.filter(({ kind }) => kind === 'item').length;
        const folded = rows.reduce((sum, row) => sum + (row.kind === 'fold' ? row.all : 0), 0);
        expect(items).toBeLessThanOrEqual(most);
        expect(items + folded).toBe(countAll(roots));
      }),
    );
  });

  test('GIVEN room for all THEN nothing is folded and children follow their parent', () => {
    const leaf = { name: 'leaf', children: [] };
    const root = { name: 'root', children: [leaf] };
    const rows = foldTree<{ readonly name: string; readonly children: readonly (typeof leaf)[] }>(
      [root, leaf],
      (item) => item.children,
      10,
    );
    expect(rows.map((row) => [row.depth, row.kind === 'item' ? row.item.name : row.all])).toEqual([
      [0, 'root'],
      [1, 'leaf'],
      [0, 'leaf'],
    ]);
  });

  test('GIVEN 10,000 siblings THEN one line stands for those that are left out', () => {
    const rows = foldTree(
      Array.from({ length: 10_000 }, (_, index) => index),
      () => [],
      60,
    );
    expect(rows).toHaveLength(60);
    expect(rows.at(-1)).toMatchObject({ kind: 'fold', all: 9941 });
  });
});
