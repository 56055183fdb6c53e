import type { Path, PlacedProblem } from '../../core/path.ts';
import { didYouMean } from '../../core/suggest.ts';

/** A name that stands for something else, and does not: `REF002`-style problem with the nearest name that exists. */
export function unknownReference(
  code: string,
  at: Path,
  what: string,
  name: string,
  known: readonly string[],
): PlacedProblem {
  return { code, at, message: `"${name}" is no ${what}.`, hint: didYouMean(name, known) };
}
