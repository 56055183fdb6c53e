import { Authorizer } from './cel/authorizer.ts';
import { expressionOf, type Scope } from './cel/expression.ts';
import { Undecided } from './cel/undecided.ts';
import { type CelValue, celValue } from './cel/values.ts';
import { matches } from './match.ts';
import type { AdmissionPolicy, NamedExpression, Validation } from './policy.ts';
import { type AdmissionRequest, requestObject } from './request.ts';
import type { PolicyVerdict, Verdict } from './verdict.ts';

const ALLOWED = { kind: 'allowed' } as const;

/** What of a request does not depend on the policy; made once for all of them. */
function sharedScope(request: AdmissionRequest): Scope {
  const { operation, object, oldObject, namespace } = request;
  const values = requestObject(request);
  const scope = {
    object: operation === 'DELETE' ? null : celValue(object),
    oldObject: celValue(oldObject ?? null),
    namespaceObject: celValue(namespace ?? null),
    request: celValue(values) as Record<string, CelValue>,
  };
  if (values.userInfo === undefined) {
    Object.defineProperty(scope.request, 'userInfo', {
      enumerable: true,
      get: () => {
        throw new Undecided('it asks who sends the request');
      },
    });
  }
  return scope;
}

/** `variables`: each evaluated when it is first asked for, once, its error as often as it is asked for. */
function variablesOf(variables: readonly NamedExpression[], scope: () => Scope): Scope {
  const holder = {};
  for (const { name, expression } of variables) {
    let known: { readonly value: CelValue } | { readonly error: unknown } | undefined;
    const get = (): CelValue => {
      if (known === undefined) {
        try {
          known = { value: expressionOf(expression)(scope()) };
        } catch (error) {
          known = { error };
        }
      }
      if ('error' in known) throw known.error;
      return known.value;
    };
    Object.defineProperty(holder, name, { enumerable: true, get });
  }
  return holder;
}

/** An expression's outcome, kept apart from its failures. */
type Outcome = { readonly value: CelValue } | { readonly failure: string } | { readonly undecided: string };

/** One policy looking at one request. */
function evaluator(policy: AdmissionPolicy, shared: Scope): (expression: string) => Outcome {
  const authorizer = new Authorizer();
  const scope: Scope = { ...shared, authorizer, variables: variablesOf(policy.variables, () => scope) };
  return (expression) => {
    try {
      return { value: expressionOf(expression)(scope) };
    } catch (error) {
      const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      if (error instanceof Undecided) return { undecided: message };
      // Another answer of the authorizer might have led elsewhere.
      return authorizer.asked ? { undecided: 'it asks who may do what' } : { failure: message };
    }
  };
}

/** `skip`: one is false. Where none is, a failure of one counts for all. */
function conditionsHold(
  conditions: readonly NamedExpression[],
  evaluate: (expression: string) => Outcome,
): 'hold' | 'skip' | Exclude<Outcome, { readonly value: CelValue }> {
  let doubt: Exclude<Outcome, { readonly value: CelValue }> | undefined;
  for (const { expression } of conditions) {
    const outcome = evaluate(expression);
    if (!('value' in outcome)) doubt = doubt && 'undecided' in doubt ? doubt : outcome;
    else if (outcome.value !== true) return 'skip';
  }
  return doubt ?? 'hold';
}

/** Longest message that the API server passes on from an expression. */
const LONGEST_MESSAGE = 5 * 1024;

/** What the user is told: what the message expression gives, where it gives one line, else the fixed message. */
function messageOf({ expression, message, messageExpression }: Validation, evaluate: (e: string) => Outcome): string {
  const outcome = messageExpression === undefined ? undefined : evaluate(messageExpression);
  const said = outcome && 'value' in outcome && typeof outcome.value === 'string' ? outcome.value.trim() : '';
  if (said !== '' && !said.includes('\n') && said.length <= LONGEST_MESSAGE) return said;
  return message?.trim() || `failed expression: ${expression.trim()}`;
}

function judgeMatched(policy: AdmissionPolicy, shared: Scope): PolicyVerdict {
  if (policy.undecided !== undefined) return { kind: 'undecided', policy, reason: policy.undecided };
  const evaluate = evaluator(policy, shared);
  const undecided = (reason: string): PolicyVerdict => ({ kind: 'undecided', policy, reason });
  const failed = (what: string, reason: string): PolicyVerdict =>
    policy.failurePolicy === 'Ignore' ? ALLOWED : { kind: 'refused', policy, message: `${what}: ${reason}` };
  for (const { name, conditions } of policy.exceptions) {
    const held = conditionsHold(conditions, evaluate);
    if (held === 'hold') return ALLOWED;
    if (held === 'skip') continue;
    if ('undecided' in held) return undecided(held.undecided);
    if (policy.failurePolicy === 'Fail') return failed(`exception "${name}"`, held.failure);
  }
  const held = conditionsHold(policy.conditions, evaluate);
  if (held === 'skip') return ALLOWED;
  if (held !== 'hold')
    return 'undecided' in held ? undecided(held.undecided) : failed('match conditions', held.failure);
  let doubt: PolicyVerdict | undefined;
  for (const [rule, validation] of policy.validations.entries()) {
    const outcome = evaluate(validation.expression);
    if ('undecided' in outcome) doubt ??= undecided(outcome.undecided);
    else if ('failure' in outcome) {
      const verdict = failed(`expression '${validation.expression.trim()}' resulted in error`, outcome.failure);
      if (verdict.kind === 'refused') return verdict;
    } else if (outcome.value !== true) {
      return { kind: 'refused', policy, rule, message: messageOf(validation, evaluate) };
    }
  }
  return doubt ?? ALLOWED;
}

/** What each policy that is about the request makes of it. */
export function judgeByEach(policies: readonly AdmissionPolicy[], request: AdmissionRequest): readonly PolicyVerdict[] {
  const concerned = policies.filter(
    ({ match, bindings }) => matches(match, request) && bindings.some((binding) => matches(binding, request)),
  );
  if (concerned.length === 0) return [];
  const shared = sharedScope(request);
  return concerned.map((policy) => judgeMatched(policy, shared));
}

/** What policies together make of a request, of what each of them makes. */
export function verdictOf(verdicts: readonly PolicyVerdict[]): Verdict {
  const refusals = verdicts.flatMap((verdict) => (verdict.kind === 'refused' ? [verdict] : []));
  const doubts = verdicts.flatMap((verdict) => (verdict.kind === 'undecided' ? [verdict] : []));
  const isChanged = doubts.some(({ policy }) => policy.mutates);
  if (refusals.length > 0 && !isChanged) return { kind: 'refused', by: refusals };
  return doubts.length > 0 ? { kind: 'undecided', by: doubts } : ALLOWED;
}

/** What all policies together make of a request. Pure; knows no clock, no cluster and no rights. */
export function judge(policies: readonly AdmissionPolicy[], request: AdmissionRequest): Verdict {
  return verdictOf(judgeByEach(policies, request));
}
