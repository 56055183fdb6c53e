import type { Problem } from '../core/problem.ts';
import { count } from '../core/words.ts';
import type { Line, Step } from './explanation.ts';
import type { Scene } from './scene.ts';

const isAt = (path: string, place: string): boolean =>
  path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);

/** What `atelier check` found at a place of the environment, or about an object, and what is accepted there. */
export function explainFindings({ findings, silenced }: Scene, place: string, object?: string): Step {
  const about = ({ path, object: of }: Problem): boolean =>
    object === undefined ? of === undefined && isAt(path, place) : of === object;
  const found = findings.filter(about);
  const accepted = silenced.filter(about);
  return {
    id: 'check',
    // What it stops is told by the steps before; a finding by itself stops no session.
    verdict: found.length > 0 ? 'care' : 'fine',
    summary:
      found.length === 0
        ? `atelier check finds nothing to mend here${accepted.length > 0 ? `, ${accepted.length} accepted` : ''}`
        : `atelier check finds ${count(found.length, 'thing')} to mend`,
    lines: [
      ...found.map(
        ({ code, message, hint = '' }): Line => ({ text: `${code}: ${message} ${hint}`.trimEnd(), mark: 'no' }),
      ),
      ...accepted.map(
        ({ code, message, reason }): Line => ({ text: `${code} accepted: ${message} Because: ${reason}` }),
      ),
    ],
    places: [],
    files: [],
    facts: {
      findings: found.map(({ code, severity, message }) => ({ code, severity, message })),
      accepted: accepted.map(({ code, message, reason }) => ({ code, message, reason })),
    },
  };
}
