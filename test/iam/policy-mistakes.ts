import type { AuthorizationReference } from './authorization-reference.ts';
import { conditionMistakes } from './condition-mistakes.ts';
import { type NamedAction, namedActions } from './named-action.ts';
import { isOfFormat } from './pattern.ts';
import { listed, type PolicyDocument, type Statement } from './policy-document.ts';

const isAbout = (resources: readonly string[], format: string): boolean =>
  resources.some((resource) => isOfFormat(resource, format));

function resourceMistakes(actions: readonly NamedAction[], resources: readonly string[]): readonly string[] {
  const idle = resources.filter(
    (resource) => !actions.some((action) => action.resources.some(({ format }) => isOfFormat(resource, format))),
  );
  return [
    ...actions
      .filter((action) => !action.resources.some(({ format }) => isAbout(resources, format)))
      .map(({ name, resources: known }) =>
        known.length === 0
          ? `${name} is about nothing that has a name, so it has to be allowed on "*"`
          : `${name} is about ${known.map(({ format }) => format).join(' or ')}`,
      ),
    ...idle.map((resource) => `no action is about ${resource}`),
  ];
}

function statementMistakes(reference: AuthorizationReference, statement: Statement): readonly string[] {
  const known = listed(statement.Action).map((pattern) => ({ pattern, actions: namedActions(reference, pattern) }));
  const unknown = known.filter(({ pattern, actions }) => pattern !== '*' && actions.length === 0);
  const actions = known.flatMap((each) => each.actions);
  const resources = listed(statement.Resource);
  // Who may take a role is said of that role, and what is denied need not be possible.
  const named = statement.Effect === 'Allow' && resources.length > 0 && !resources.includes('*');
  const narrowed = actions.map((action) => ({
    ...action,
    resources: action.resources.filter(({ format }) => !named || isAbout(resources, format)),
  }));
  return [
    ...unknown.map(({ pattern }) => `there is no action ${pattern}`),
    ...(named ? resourceMistakes(actions, resources) : []),
    ...conditionMistakes(reference, narrowed, statement.Condition ?? {}),
  ];
}

/** Actions that are about several resources at once, of which the statements that allow them leave one out. */
function partlyAllowed(reference: AuthorizationReference, statements: readonly Statement[]): readonly string[] {
  const allowed = new Map<string, { readonly action: NamedAction; readonly resources: readonly string[] }>();
  for (const { Effect, Action, Resource = '*' } of statements) {
    if (Effect !== 'Allow') continue;
    for (const action of listed(Action).flatMap((pattern) => namedActions(reference, pattern))) {
      const resources = [...(allowed.get(action.name)?.resources ?? []), ...listed(Resource)];
      allowed.set(action.name, { action, resources });
    }
  }
  return [...allowed.values()].flatMap(({ action, resources }) => {
    const required = action.resources.filter((resource) => resource.required);
    const left = required.filter(({ format }) => !isAbout(resources, format));
    return left.length === required.length
      ? []
      : left.map(({ format }) => `${action.name} is also about ${format}, which no statement says`);
  });
}

/**
 * What is wrong with a policy by AWS's reference: actions that do not exist; actions that are about none of the resources,
 * or only about some of those they need; resources that no action is about; condition keys that an action does not have,
 * or that are compared as something else than they are. AWS takes most of it without a word, and allows nothing.
 */
export function policyMistakes(reference: AuthorizationReference, { Statement }: PolicyDocument): readonly string[] {
  const mistakes = Statement.flatMap((statement, index) =>
    statementMistakes(reference, statement).map((mistake) => `${statement.Sid ?? index}: ${mistake}`),
  );
  return [...mistakes, ...partlyAllowed(reference, Statement)];
}
