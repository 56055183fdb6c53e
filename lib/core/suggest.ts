import { closest, distance } from 'fastest-levenshtein';

/** Whether two neighbouring letters changed places: the commonest slip, and two edits to Levenshtein. */
function isSwap(word: string, candidate: string): boolean {
  const at = [...word].findIndex((letter, index) => letter !== candidate[index]);
  if (at < 0 || word.length !== candidate.length) return false;
  return `${word.slice(0, at)}${word[at + 1] ?? ''}${word[at]}${word.slice(at + 2)}` === candidate;
}

/**
 * The candidate most like `word`, or `undefined` where nothing is near enough to be a slip of the keyboard:
 * at most a third of the letters may differ (at least one, at most three).
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0 || word === '') return undefined;
  const sameLetters = candidates.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  if (sameLetters) return sameLetters;
  const swapped = candidates.find((candidate) => isSwap(word, candidate));
  if (swapped) return swapped;
  const best = closest(word, candidates);
  const allowed = Math.min(3, Math.max(1, Math.floor(Math.max(word.length, best.length) / 3)));
  return distance(word, best) <= allowed ? best : undefined;
}

/** Candidates that begin as the word does: `A100` for `A100-40GB` and `A100-80GB`. Too many of them are no help. */
function completions(word: string, candidates: readonly string[]): readonly string[] {
  if (word.length < 2) return [];
  const found = candidates.filter((candidate) => candidate.toLowerCase().startsWith(word.toLowerCase()));
  return found.length <= 3 ? found : [];
}

/** `Did you mean "gpu"?`, or the list of what there is, or nothing to choose from. */
export function didYouMean(word: string, candidates: readonly string[], limit = 12): string {
  const complete = completions(word, candidates);
  if (complete.length > 0) return `Did you mean ${complete.map((each) => `"${each}"`).join(' or ')}?`;
  const best = nearest(word, candidates);
  if (best) return `Did you mean "${best}"?`;
  if (candidates.length === 0) return 'There is none to choose from.';
  const shown = candidates.slice(0, limit).map((candidate) => `"${candidate}"`);
  const more = candidates.length > limit ? ` and ${candidates.length - limit} more` : '';
  return `Known: ${shown.join(', ')}${more}.`;
}
