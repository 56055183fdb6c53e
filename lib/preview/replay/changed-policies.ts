import { matches } from '../../admission/match.ts';
import type { AdmissionPolicy } from '../../admission/policy.ts';
import type { Manifest } from '../../bundle/bundle.ts';
import type { AdmissionSide } from './admission-side.ts';

/** Everything of a policy that its verdicts follow from; what it says to people is not among it. */
function decisionsOf(policy: AdmissionPolicy): string {
  const { failurePolicy, match, bindings, conditions, variables, validations, exceptions, undecided } = policy;
  const rules = validations.map(({ expression }) => expression);
  return JSON.stringify([failurePolicy, match, bindings, conditions, variables, rules, exceptions, undecided]);
}

export const policyKey = ({ engine, name }: AdmissionPolicy): string => `${engine} ${name}`;

/** Policies that decide otherwise than before, those that come or go included; of both sides. */
export function changedPolicies(before: AdmissionSide, after: AdmissionSide): readonly AdmissionPolicy[] {
  const decisions = ({ policies }: AdmissionSide): ReadonlyMap<string, string> =>
    new Map(policies.map((policy) => [policyKey(policy), decisionsOf(policy)]));
  const [old, now] = [decisions(before), decisions(after)];
  return [...before.policies, ...after.policies].filter((policy) => {
    const key = policyKey(policy);
    return old.get(key) !== now.get(key);
  });
}

/** Whether one of the policies is about new objects of this kind; asked for each kind once. */
export function concernedKinds(policies: readonly AdmissionPolicy[]): (object: Manifest) => boolean {
  const known = new Map<string, boolean>();
  return (object) => {
    const kind = `${object.apiVersion} ${object.kind}`;
    const answer =
      known.get(kind) ??
      policies.some(({ match }) =>
        matches(
          { ...(match?.resourceRules ? { resourceRules: match.resourceRules } : {}) },
          { operation: 'CREATE', object },
        ),
      );
    known.set(kind, answer);
    return answer;
  };
}
