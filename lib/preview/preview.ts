import type { BundleContents } from '../bundle/contents.ts';
import type { Path } from '../core/path.ts';
import type { Problem } from '../core/problem.ts';
import type { SourceLocation } from '../core/source.ts';
import type { Change } from './change.ts';
import { compareContents } from './compare.ts';
import type { Comparison, Consequence } from './consequence.ts';
import { profileFit } from './consequences/profile-fit.ts';
import { CONSEQUENCES } from './consequences/registry.ts';
import { type CostChange, costChange } from './cost.ts';
import { KINDS, kindKey } from './lookup.ts';
import { type Assessment, ordinaryRisk } from './ordinary-risk.ts';
import { type Risk, riskRank, worstRisk } from './risk.ts';
import { subjectKey } from './subject.ts';

/** A change with how careful one has to be. */
export interface AssessedChange extends Change, Assessment {
  /** Whether a consequence of the report says why, so that people need not read it twice. */
  readonly foreseen: boolean;
}

/** A consequence for everything it happens to alike. */
export interface MergedConsequence extends Omit<Consequence, 'about' | 'at'> {
  readonly about: readonly string[];
  /** The line of the environment that brings it about, where one is known. */
  readonly source?: SourceLocation;
}

/** What will happen to one environment. */
export interface Preview {
  readonly environment: string;
  /** The highest of all consequences and changes. */
  readonly risk: Risk;
  /** Highest risk first. */
  readonly consequences: readonly MergedConsequence[];
  readonly changes: readonly AssessedChange[];
  readonly cost: CostChange;
  /** What the environment as it is now breaks; `atelier check` says the same. */
  readonly problems: readonly Problem[];
  /** What could not be compared, and what else one should know of the comparison. */
  readonly notes: readonly string[];
}

/** What goes with its namespace, which says enough: keys of everything removed or renamed in one that is itself. */
function goneWithNamespace(changes: readonly Change[]): ReadonlySet<string> {
  const left = changes.flatMap(({ action, subject, from }) => {
    const old = action === 'removed' ? subject : from;
    return old?.type === 'object' ? [{ old, subject }] : [];
  });
  const namespaces = new Set(left.filter(({ old }) => kindKey(old) === KINDS.namespace).map(({ old }) => old.name));
  return new Set(
    left.filter(({ old }) => namespaces.has(old.namespace ?? '')).map(({ subject }) => subjectKey(subject)),
  );
}

function foresee(comparison: Comparison): readonly Consequence[] {
  // Of an environment that is new all is new; only what will not work is worth a word.
  const rules = comparison.before.objects.length === 0 ? [profileFit] : CONSEQUENCES;
  const gone = goneWithNamespace(comparison.changes);
  return rules.flatMap((rule) =>
    rule
      .foresee(comparison)
      .filter(({ causes }) => causes.length === 0 || !causes.every((cause) => gone.has(subjectKey(cause))))
      .map((each) => ({ rule: rule.id, ...each })),
  );
}

/** The same thing said of many is said once, with their names. */
function merge(
  consequences: readonly Consequence[],
  sourceOf: (consequence: Consequence) => SourceLocation | undefined,
): readonly MergedConsequence[] {
  const merged = new Map<string, { first: Consequence; about: string[]; causes: Consequence['causes'][number][] }>();
  for (const each of consequences) {
    const key = `${each.rule} ${each.risk} ${each.message}`;
    const known = merged.get(key);
    if (known) {
      known.about.push(each.about);
      known.causes.push(...each.causes);
    } else merged.set(key, { first: each, about: [each.about], causes: [...each.causes] });
  }
  return [...merged.values()]
    .map(({ first, about, causes }): MergedConsequence => {
      const { at: _, ...rest } = first;
      const source = sourceOf(first);
      return { ...rest, about, causes, ...(source ? { source } : {}) };
    })
    .sort((a, b) => riskRank(b.risk) - riskRank(a.risk));
}

function assess(changes: readonly Change[], consequences: readonly Consequence[]): readonly AssessedChange[] {
  const worst = new Map<string, Consequence>();
  for (const consequence of consequences) {
    for (const cause of consequence.causes) {
      const key = subjectKey(cause);
      const known = worst.get(key);
      if (!known || riskRank(consequence.risk) > riskRank(known.risk)) worst.set(key, consequence);
    }
  }
  return changes.map((change) => {
    const consequence = worst.get(subjectKey(change.subject));
    if (!consequence) return { ...change, ...ordinaryRisk(change), foreseen: false };
    const { risk, message } = consequence;
    return { ...change, risk, why: message, foreseen: true };
  });
}

export interface PreviewContext {
  readonly problems?: readonly Problem[];
  readonly notes?: readonly string[];
  /** Where a part of the environment as it is now stands. */
  readonly locate?: (at: Path) => SourceLocation | undefined;
}

/** Compares two versions of an environment and says what follows. Pure and deterministic. */
export function previewContents(before: BundleContents, after: BundleContents, context: PreviewContext = {}): Preview {
  const changes = compareContents(before, after);
  const consequences = foresee({ before, after, changes });
  const assessed = assess(changes, consequences);
  const origins = new Map(changes.map(({ subject, origin }) => [subjectKey(subject), origin.source]));
  const sourceOf = ({ at, causes: [cause] }: Consequence): SourceLocation | undefined =>
    (at ? context.locate?.(at) : undefined) ??
    (cause ? origins.get(subjectKey(cause)) : undefined) ??
    context.locate?.([]);
  const blind =
    before.platform && after.platform
      ? []
      : [
          'The base was written by another version of Atelier without the facts of its platform: profiles, pools and cost were not compared.',
        ];
  return {
    environment: after.environment,
    risk: worstRisk([...consequences, ...assessed].map(({ risk }) => risk)),
    consequences: merge(consequences, sourceOf),
    changes: assessed,
    cost: costChange(before, after),
    problems: context.problems ?? [],
    notes: [...blind, ...(context.notes ?? [])],
  };
}
