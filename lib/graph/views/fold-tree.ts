/** A line of a tree that was folded: an item, or siblings that are not shown by themselves. */
export type FoldedRow<T> =
  | { readonly kind: 'item'; readonly depth: number; readonly item: T }
  /** `all` counts those below them too. */
  | { readonly kind: 'fold'; readonly depth: number; readonly items: readonly T[]; readonly all: number };

/**
 * A forest as lines, parents before children. Of large ones at most about `most` items are shown: those near the roots
 * first, and of every list as many as of the others of its level. What is left out is counted where it would stand.
 */
export function foldTree<T>(
  roots: readonly T[],
  childrenOf: (item: T) => readonly T[],
  most: number,
): readonly FoldedRow<T>[] {
  const shown = new Map<T | undefined, readonly T[]>();
  let left = most;
  let lists: readonly (readonly [T | undefined, readonly T[]])[] = [[undefined, roots]];
  while (lists.length > 0) {
    const next: (readonly [T, readonly T[]])[] = [];
    lists.forEach(([parent, items], index) => {
      const fair = Math.floor(left / (lists.length - index));
      // One line that says "and 1 more" takes as much room as the item itself.
      const taken = items.length <= fair ? items : items.slice(0, Math.max(0, fair - 1));
      left -= taken.length;
      shown.set(parent, taken);
      for (const item of taken) {
        const children = childrenOf(item);
        if (children.length > 0) next.push([item, children]);
      }
    });
    lists = next;
  }
  const countAll = (items: readonly T[]): number =>
    items.reduce((sum, item) => sum + 1 + countAll(childrenOf(item)), 0);
  const rowsOf = (parent: T | undefined, items: readonly T[], depth: number): readonly FoldedRow<T>[] => {
    const taken = shown.get(parent) ?? [];
    const rest = items.slice(taken.length);
    return [
      ...taken.flatMap((item): readonly FoldedRow<T>[] => [
        { kind: 'item', depth, item },
        ...rowsOf(item, childrenOf(item), depth + 1),
      ]),
      ...(rest.length > 0 ? [{ kind: 'fold', depth, items: rest, all: countAll(rest) } as const] : []),
    ];
  };
  return rowsOf(undefined, roots, 0);
}
