import type { FieldChange } from '../change.ts';
import type { AssessedChange } from '../preview.ts';
import { type Risk, riskRank } from '../risk.ts';

/** Changes that are the same in everything but their subject: told once. */
export interface ChangeGroup {
  readonly action: AssessedChange['action'];
  readonly risk: Risk;
  /** Why the risk is what it is, where the consequences do not say so already. */
  readonly why?: string;
  readonly changes: readonly [AssessedChange, ...AssessedChange[]];
  readonly fields: readonly FieldChange[];
}

function groupKey({ subject, action, risk, fields, foreseen }: AssessedChange): string {
  const kind = subject.type === 'file' ? '' : subject.type === 'release' ? subject.name : subject.kind;
  // What changes alike in two kinds, such as a policy of the API server and its twin of Kyverno, is read once.
  return JSON.stringify([fields.length > 0 ? '' : `${subject.type} ${kind}`, action, risk, fields, foreseen]);
}

/** Groups of equal changes, the highest risk first; within a risk in the order of subjects. */
export function groupChanges(changes: readonly AssessedChange[]): readonly ChangeGroup[] {
  const groups = new Map<string, [AssessedChange, ...AssessedChange[]]>();
  for (const change of changes) {
    // A rename is told by itself, because two names belong together.
    const key = change.action === 'renamed' ? `renamed ${groups.size}` : groupKey(change);
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
