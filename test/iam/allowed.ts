import type { AuthorizationReference } from './authorization-reference.ts';
import { namedActions } from './named-action.ts';
import { overlap } from './pattern.ts';
import { listed, type PolicyDocument } from './policy-document.ts';

const allowedPatterns = ({ Statement }: PolicyDocument): readonly string[] =>
  Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => listed(Action));

/** Of some actions, those that no statement of a policy allows, on whatever resource and condition. */
export function notAllowed(policy: PolicyDocument, actions: readonly string[]): readonly string[] {
  const patterns = allowedPatterns(policy).map((pattern) => pattern.toLowerCase());
  return [...new Set(actions)].filter((action) => !patterns.some((each) => overlap(each, action.toLowerCase()))).sort();
}

/** Actions that AWS also asks for when an action of a policy is used. */
export function dependentActions(reference: AuthorizationReference, policy: PolicyDocument): readonly string[] {
  return allowedPatterns(policy).flatMap((pattern) =>
    namedActions(reference, pattern).flatMap(({ dependent }) => dependent),
  );
}
