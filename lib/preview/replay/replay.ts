import { verdictOf } from '../../admission/judge.ts';
import { COMPLETING_KINDS } from '../../admission/pod-defaults.ts';
import type { AdmissionPolicy } from '../../admission/policy.ts';
import type { Indecision, Verdict } from '../../admission/verdict.ts';
import type { Manifest } from '../../bundle/bundle.ts';
import type { Comparison } from '../consequence.ts';
import { objectSubject, type Subject, subjectKey } from '../subject.ts';
import { type AdmissionSide, admissionSide, judgeNew } from './admission-side.ts';
import { changedPolicies, policyKey } from './changed-policies.ts';

/** Both versions of an environment, before whose policies requests are replayed. */
export interface Replay {
  readonly before: AdmissionSide;
  readonly after: AdmissionSide;
  /** Policies that decide otherwise than before, of both sides. */
  readonly changed: readonly AdmissionPolicy[];
  /** Whether what completes pods before policies see them has changed: priorities, limits, overheads. */
  readonly completesOtherwise: boolean;
  /** Whether the subject is among the changes. */
  readonly isChanged: (subject: Subject) => boolean;
  /** The answer to a new object; what cannot be decided about a changed policy is kept. */
  readonly judge: (side: AdmissionSide, object: Manifest) => Verdict;
  /** One verdict of every changed policy that could not be decided so far. */
  readonly doubts: () => readonly Indecision[];
  /** The changes that make policies answer otherwise: their own, and those of what they look at. */
  readonly causesOf: (
    by: readonly { readonly policy: AdmissionPolicy }[],
    ...others: readonly Subject[]
  ) => readonly Subject[];
}

export function replayOf({ before, after, changes }: Comparison): Replay {
  const keys = new Set(changes.flatMap(({ subject, from }) => [subject, from].map((each) => each && subjectKey(each))));
  const isChanged = (subject: Subject): boolean => keys.has(subjectKey(subject));
  const sides = { before: admissionSide(before), after: admissionSide(after) };
  const changed = changedPolicies(sides.before, sides.after);
  const changedKeys = new Set(changed.map(policyKey));
  const doubts = new Map<string, Indecision>();
  const policies = [...sides.before.policies, ...sides.after.policies];
  return {
    ...sides,
    changed,
    completesOtherwise: changes.some(({ subject }) => subject.type === 'object' && COMPLETING_KINDS.has(subject.kind)),
    isChanged,
    judge: (side, object) => {
      const verdicts = judgeNew(side, object);
      for (const verdict of verdicts) {
        if (verdict.kind !== 'undecided') continue;
        const key = policyKey(verdict.policy);
        if (changedKeys.has(key) && !doubts.has(key)) doubts.set(key, verdict);
      }
      return verdictOf(verdicts);
    },
    doubts: () => [...doubts.values()],
    causesOf: (by, ...others) => {
      const names = new Set(by.map(({ policy }) => policy.name));
      const own = policies.filter(({ name }) => names.has(name)).flatMap(({ objects }) => objects.map(objectSubject));
      const found = [...own, ...others].filter(isChanged);
      return [...new Map(found.map((subject) => [subjectKey(subject), subject])).values()];
    },
  };
}

export const namespaceSubject = (name: string): Subject => ({ type: 'object', group: '', kind: 'Namespace', name });
