import type { Preview } from '../preview.ts';
import { count, listNamed } from '../words.ts';

/** What an environment is compared with, and what a reader should know of it. */
export interface BaseDescription {
  /** `commit 15bb4cd (merge-base with main)`, `folder dist`, `nothing`. */
  readonly name: string;
  readonly notes: readonly string[];
}

/** All previews of one command. */
export interface PreviewReport {
  readonly base: BaseDescription;
  readonly previews: readonly Preview[];
}

/** How many changes of each kind there are; those of spelling alone count by themselves. */
export function changeCounts({ changes }: Preview) {
  const real = changes.filter(({ action, fields }) => action !== 'changed' || fields.length > 0);
  const of = (action: Preview['changes'][number]['action']): number =>
    real.filter((change) => change.action === action).length;
  return {
    added: of('added'),
    changed: of('changed'),
    renamed: of('renamed'),
    removed: of('removed'),
    sameMeaning: changes.reduce((sum, { sameMeaning }) => sum + sameMeaning, 0),
  };
}

/** `3 changed, 1 added`; `no change`. */
export function describeCounts(preview: Preview): string {
  const { added, changed, renamed, removed } = changeCounts(preview);
  const parts = [
    [changed, 'changed'],
    [added, 'added'],
    [removed, 'removed'],
    [renamed, 'renamed'],
  ] as const;
  return (
    parts
      .filter(([number]) => number > 0)
      .map(([number, word]) => `${number.toLocaleString('en-US')} ${word}`)
      .join(', ') || 'no change'
  );
}

/** What was left out of the lists on purpose, in words; nothing is hidden without being counted. */
export function describeHidden(preview: Preview): string | undefined {
  const { sameMeaning } = changeCounts(preview);
  return sameMeaning === 0
    ? undefined
    : `${count(sameMeaning, 'value is', 'values are')} written differently with the same meaning (quantities, order of sets) and not listed.`;
}

/** What a consequence happens to; where that is several things, it happens to each. */
export function describeAbout(about: readonly string[], most: number): string {
  return `${listNamed(about, most)}${about.length > 1 ? ' (each)' : ''}`;
}
