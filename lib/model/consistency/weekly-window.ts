import type { Path, PlacedProblem } from '../../core/path.ts';
import { isTimeZone } from '../../core/time-zone.ts';
import type { WeeklyWindow } from '../weekly-window.ts';
import { unknownReference } from './unknown-reference.ts';

/** REF006: a window of time that never opens, or in a zone that nobody knows. `remedy` says what to do about a night. */
export function windowProblems(window: WeeklyWindow, at: Path, remedy: string): readonly PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  if (window.to <= window.from) {
    const message = `"${window.to}" is not later than "${window.from}".`;
    problems.push({ code: 'REF006', at: [...at, 'to'], message, hint: remedy });
  }
  if (!isTimeZone(window.timeZone)) {
    const zones = Intl.supportedValuesOf('timeZone');
    problems.push(unknownReference('REF006', [...at, 'timeZone'], 'IANA time zone', window.timeZone, zones));
  }
  return problems;
}
