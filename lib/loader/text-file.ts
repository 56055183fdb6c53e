import { readFileSync } from 'node:fs';
import { describeFileError } from '../core/file-error.ts';
import { InvalidEnvironmentError } from '../core/problem.ts';

/** The text of a file that a person names. Throws {@link InvalidEnvironmentError} where it cannot be read. */
export function readTextFile(path: string, shownAs: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = describeFileError(error);
    if (reason === undefined) throw error;
    const { message, hint } = reason;
    throw new InvalidEnvironmentError([
      { code: 'ENV013', severity: 'error', path: shownAs, message: `cannot be read: ${message}.`, hint },
    ]);
  }
}
