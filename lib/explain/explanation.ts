import type { JsonObject } from '../core/json.ts';
import type { SourceLocation } from '../core/source.ts';

/** `fine`: nothing stands in the way. `care`: it works, and somebody should know. `stop`: here it ends. */
export type Verdict = 'fine' | 'care' | 'stop';

/** A place in the environment, with file and line where the loader knows them. */
export interface Place {
  /** `sessionProfiles.gpu-small.offeredTo`. */
  readonly path: string;
  readonly source?: SourceLocation;
  /** Where the environment says nothing, so that what counts is the default. */
  readonly isDefault?: true;
}

/** One thing a step says beside its summary. */
export interface Line {
  readonly text: string;
  readonly mark?: 'yes' | 'no';
  /** Told only to who asks for all of it (`--long`). */
  readonly detail?: true;
}

/** One link of the chain: what happens, what decided it, where that shows. */
export interface Step {
  /** Stable name, for programs: `offer`, `pools`. */
  readonly id: string;
  readonly verdict: Verdict;
  /** The answer, in one sentence. */
  readonly summary: string;
  readonly lines: readonly Line[];
  /** What in the environment decided it. */
  readonly places: readonly Place[];
  /** Files below `dist/<environment>/` in which it shows. */
  readonly files: readonly string[];
  /** The same as facts, for programs (docs/explain.md). */
  readonly facts: JsonObject;
}

export const SUBJECT_KINDS = ['profile', 'node-pool', 'tenant', 'object'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** Everything there is to say about one part of an environment. */
export interface Explanation {
  readonly kind: SubjectKind;
  readonly name: string;
  readonly environment: string;
  /** What it is, for people. */
  readonly title: string;
  readonly place?: Place;
  readonly verdict: Verdict;
  /** The whole in one sentence. */
  readonly summary: string;
  readonly steps: readonly Step[];
}

const RANK: Readonly<Record<Verdict, number>> = { fine: 0, care: 1, stop: 2 };

/** The gravest of several. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce<Verdict>((a, b) => (RANK[b] > RANK[a] ? b : a), 'fine');
}
