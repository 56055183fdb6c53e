import type { AuthorizationReference } from './authorization-reference.ts';
import { namedActions } from './named-action.ts';
import { overlap } from './pattern.ts';
import { listed, type PolicyDocument } from './policy-document.ts';
import type { ResourceArn } from './resource-arns.ts';

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

/** Of some actions, those that are about a resource, and that no statement of a policy allows on it. */
export function notAllowedOn(
  reference: AuthorizationReference,
  policy: PolicyDocument,
  actions: readonly string[],
  { arn, format }: ResourceArn,
): readonly string[] {
  const about = actions.filter((action) =>
    namedActions(reference, action).some(({ resources }) => resources.some((resource) => resource.format === format)),
  );
  const on = (effect: 'Allow' | 'Deny'): PolicyDocument => ({
    ...policy,
    Statement: policy.Statement.filter(
      ({ Effect, Resource }) => Effect === effect && listed(Resource).some((pattern) => overlap(pattern, arn)),
    ).map((statement) => ({ ...statement, Effect: 'Allow' })),
  });
  const denied = new Set(about.filter((action) => !notAllowed(on('Deny'), [action]).includes(action)));
  return [...notAllowed(on('Allow'), about), ...denied];
}
