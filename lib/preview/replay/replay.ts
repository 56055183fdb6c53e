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
  /** The answers to a request before and now, where they are not the same; doubts about changed policies are kept. */
  readonly compare: (before: Judged | undefined, after: Judged) => Answers | undefined;
  /** One verdict of every changed policy that could not be decided so far. */
  readonly doubts: () => readonly Indecision[];
  /** The changes that make policies answer otherwise: their own, and those of what they look at. */
  readonly causesOf: (
    by: readonly { readonly policy: AdmissionPolicy }[],
    ...others: readonly Subject[]
  ) => readonly Subject[];
}

/** A new object and the version of an environment in which it is made. */
export interface Judged {
  readonly side: AdmissionSide;
  readonly object: Manifest;
}

/** What becomes of a request. Nobody asked before for what is new. */
export interface Answers {
  readonly before?: Verdict;
  readonly after: Verdict;
}

export function replayOf({ before, after, changes }: Comparison): Replay {
  const keys = new Set(changes.flatMap(({ subject, from }) => [subject, from].map((each) => each && subjectKey(each))));
  const isChanged = (subject: Subject): boolean => keys.has(subjectKey(subject));
  const sides = { before: admissionSide(before), after: admissionSide(after) };
  const changed = changedPolicies(sides.before, sides.after);
  const changedKeys = new Set(changed.map(policyKey));
  const doubts = new Map<string, Indecision>();
  const policies = [...sides.before.policies, ...sides.after.policies];
  const completesOtherwise = changes.some(
    ({ subject }) => subject.type === 'object' && COMPLETING_KINDS.has(subject.kind),
  );
  const changedOnly = (side: AdmissionSide): AdmissionSide => ({
    ...side,
    policies: side.policies.filter((policy) => changedKeys.has(policyKey(policy))),
  });

  function judge({ side, object }: Judged): Verdict {
    const verdicts = judgeNew(side, object);
    for (const verdict of verdicts) {
      if (verdict.kind !== 'undecided') continue;
      const key = policyKey(verdict.policy);
      if (changedKeys.has(key) && !doubts.has(key)) doubts.set(key, verdict);
    }
    return verdictOf(verdicts);
  }

  function seesTheSame(old: Judged, now: Judged): boolean {
    const seen = ({ side, object }: Judged): string =>
      JSON.stringify([object, side.namespaces.get(object.metadata.namespace ?? '')]);
    return seen(old) === seen(now);
  }

  return {
    ...sides,
    changed,
    completesOtherwise,
    isChanged,
    compare: (old, now) => {
      // Where policies see the same as before, only those that decide otherwise can answer otherwise.
      if (old && !completesOtherwise && seesTheSame(old, now)) {
        const [did, does] = [old, now].map(({ side, object }) => judge({ side: changedOnly(side), object }));
        if (did?.kind === does?.kind) return undefined;
      }
      const [before, after] = [old && judge(old), judge(now)];
      return after.kind === (before?.kind ?? 'allowed') ? undefined : { ...(before ? { before } : {}), after };
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
