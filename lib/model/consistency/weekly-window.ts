import type { Path, PlacedProblem } from '../../core/path.ts';
import type { WeeklyWindow } from '../weekly-window.ts';
import { unknownReference } from './unknown-reference.ts';

/** Whether the zone is known, also by an older name or a short one such as UTC. */
function isTimeZone(name: string): boolean {
  // A formatter takes 40 ms to make for the first time, the list 1 ms; it lacks older and short names.
  if (Intl.supportedValuesOf('timeZone').includes(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name, year: 'numeric' });
    return true;
  } catch {
    return false;
  }
}

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
