import type { Bundle, BundleObject, Origin } from '../bundle/bundle.ts';
import { objectPath, releasePath } from '../bundle/layout.ts';
import type { SilencedProblem } from '../checks/silence.ts';
import { displayPath, type Path } from '../core/path.ts';
import type { Problem } from '../core/problem.ts';
import { locate } from '../core/source.ts';
import { distinct } from '../core/words.ts';
import type { Place } from './explanation.ts';

/** What explanations are made from: an environment as written, and all that became of it. */
export interface Scene {
  readonly bundle: Bundle;
  /** The environment as a person wrote it, for file and line. */
  readonly input: unknown;
  /** What `atelier check` found. */
  readonly findings: readonly Problem[];
  /** What the environment accepts, with its reasons. */
  readonly silenced: readonly SilencedProblem[];
}

function isStated(input: unknown, at: Path): boolean {
  let value = input;
  for (const key of at) {
    if (typeof value !== 'object' || value === null) return false;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value !== undefined;
}

/** A place in the environment as people read it; without a line where it is left out there. */
export function placeAt({ input }: Pick<Scene, 'input'>, at: Path): Place {
  const path = displayPath(input, at);
  if (!isStated(input, at)) return { path, isDefault: true };
  const source = locate(input, at);
  return { path, ...(source ? { source } : {}) };
}

/** Where an object comes from, as a place. */
export function originPlace({ path, source }: Origin): Place {
  return { path, ...(source ? { source } : {}) };
}

/** Files of these objects, each once. */
export function filesOf(objects: readonly BundleObject[]): readonly string[] {
  return distinct(objects.map(objectPath));
}

/** The values of a chart's releases; where there is none, nothing. */
export function releaseFiles({ bundle }: Scene, chart: string): readonly string[] {
  return bundle.releases.filter((release) => release.chart.name === chart).map(releasePath);
}
