import type { FieldChange } from '../change.ts';
import type { AssessedChange } from '../preview.ts';
import { type Risk, riskRank } from '../risk.ts';
import { describeSubject } from '../subject.ts';

/** Changes that are the same in everything but their subject: told once. */
export interface ChangeGroup {
  readonly action: AssessedChange['action'];
  readonly risk: Risk;
  /** Why the risk is what it is, where the consequences do not say so already. */
  readonly why?: string;
  readonly changes: readonly [AssessedChange, ...AssessedChange[]];
  readonly fields: readonly FieldChange[];
}

function groupKey({ subject, action, risk, fields, foreseen, origin }: AssessedChange): string {
  const kind = subject.type === 'file' ? '' : subject.type === 'release' ? subject.name : subject.kind;
  // What changes alike in two kinds, such as a policy of the API server and its twin of Kyverno, is read once.
  return JSON.stringify([
    fields.length > 0 ? '' : `${subject.type} ${kind}`,
    action,
    risk,
    fields,
    foreseen,
    origin.release,
  ]);
}

/** One text for everything that moves from one namespace to another and stays as it is. */
function moveKey({ subject, from, fields, risk }: AssessedChange): string | undefined {
  if (fields.length > 0 || subject.type !== 'object' || from?.type !== 'object') return undefined;
  const moves = subject.namespace !== undefined && subject.namespace !== from.namespace;
  return moves ? `moved ${from.namespace} ${subject.namespace} ${risk}` : undefined;
}

/** What a group was before it was renamed, as people name it. */
export function describeFrom({ changes: [{ from }, ...others] }: ChangeGroup): string | undefined {
  if (!from) return undefined;
  return others.length > 0 && from.type === 'object' ? `in namespace ${from.namespace ?? ''}` : describeSubject(from);
}

/** The Helm release whose chart renders what changes, as people name it. */
export function describeRelease({ changes: [{ origin }] }: ChangeGroup): string {
  return origin.release === undefined ? '' : ` (of Helm release ${origin.release})`;
}

/** Groups of equal changes, the highest risk first; within a risk in the order of subjects. */
export function groupChanges(changes: readonly AssessedChange[]): readonly ChangeGroup[] {
  const groups = new Map<string, [AssessedChange, ...AssessedChange[]]>();
  for (const change of changes) {
    // A rename is told by itself, because two names belong together; but what moves with its namespace moves together.
    const key = change.action === 'renamed' ? (moveKey(change) ?? `renamed ${groups.size}`) : groupKey(change);
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  return [...groups.values()]
    .map((group): ChangeGroup => {
      const [{ action, risk, fields, foreseen, why }] = group;
      const told = foreseen || action === 'added' || action === 'removed';
      return { action, risk, ...(told ? {} : { why }), fields, changes: group };
    })
    .sort((a, b) => riskRank(b.risk) - riskRank(a.risk));
}
