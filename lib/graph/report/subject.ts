import type { Bundle } from '../../bundle/bundle.ts';
import type { SilencedProblem } from '../../checks/silence.ts';
import type { Problem } from '../../core/problem.ts';

/** What a report is about: an environment, and what `check` says of it. */
export interface ReportSubject {
  readonly bundle: Bundle;
  readonly findings: readonly Problem[];
  readonly silenced: readonly SilencedProblem[];
}

/** Where things are, seen from the page. */
export interface ReportPlaces {
  /** Folder that `atelier synth` writes for the environment: `../dist/prod`. */
  readonly files: string;
}

/** Address of a file of synth, seen from the page. */
export function fileAddress({ files }: ReportPlaces, path: string): string {
  return `${files}/${path}`
    .split('/')
    .map((part) => (part === '..' ? part : encodeURIComponent(part)))
    .join('/');
}
