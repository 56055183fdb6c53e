/** A piece of a text that is shown whole or not at all. */
export interface TextBlock {
  readonly text: string;
  /** The higher, the sooner it is kept; of equal ones the earlier. */
  readonly priority: number;
  /** What it is called where it is left out. */
  readonly kind: string;
}

export interface FittedBlocks {
  /** In their own order. */
  readonly kept: readonly TextBlock[];
  readonly leftOut: readonly TextBlock[];
}

/**
 * Keeps as many blocks as fit into so many characters, the most important first, and none after the first that does not
 * fit: what is left out is never more important than what is shown.
 */
export function fitBlocks(blocks: readonly TextBlock[], characters: number): FittedBlocks {
  const kept = new Set<TextBlock>();
  let room = characters;
  for (const block of [...blocks].sort((a, b) => b.priority - a.priority)) {
    const length = block.text.length + 1;
    if (length > room) break;
    kept.add(block);
    room -= length;
  }
  return { kept: blocks.filter((block) => kept.has(block)), leftOut: blocks.filter((block) => !kept.has(block)) };
}
