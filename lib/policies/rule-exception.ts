import type { Path } from '../core/path.ts';
import type { NamedExpression } from '../crds/admissionregistration.k8s.io.ts';
import type { Platform } from '../model/platform.ts';
import type { PolicyExceptionChoice } from '../model/policy.ts';
import { celString } from './cel.ts';
import type { PolicyRule } from './policy-rule.ts';

/** An exception of the environment, with what both engines need to honour it. */
export interface RuleException {
  readonly at: Path;
  readonly name: string;
  readonly reason: string;
  /** CEL conditions; the exception holds for a request where all are true. */
  readonly conditions: readonly NamedExpression[];
  /** End of the last day, UTC, as RFC 3339. */
  readonly expiresAt?: string;
  /** For people: `trainer: namespace vision, ServiceAccount trainer, until 2027-03-31 (large models)`. */
  readonly text: string;
}

/** The first moment after a day: `2027-03-31` gives `2027-04-01T00:00:00Z`. */
export function endOfDay(day: string): string {
  const midnight = new Date(`${day}T00:00:00Z`);
  midnight.setUTCDate(midnight.getUTCDate() + 1);
  return `${midnight.toISOString().slice(0, 10)}T00:00:00Z`;
}

/**
 * CEL on admission knows no clock, but the API server stamps an object before it asks any policy (registry store, Create:
 * FillObjectMetaSystemFields), whatever the request said; so an object made in time keeps its exception for life and none
 * made later has it. Kyverno needs it too: 1.19 reads `expiresAt` when it compiles a policy, not at each request.
 */
function notExpired(expiresAt: string): NamedExpression {
  return {
    name: 'not-expired',
    expression: `timestamp(object.metadata.creationTimestamp) < timestamp(${celString(expiresAt)})`,
  };
}

function conditionsOf(exception: PolicyExceptionChoice, expiresAt: string | undefined): readonly NamedExpression[] {
  return [
    { name: 'namespace', expression: `request.namespace == ${celString(exception.namespace)}` },
    ...(exception.serviceAccount === undefined
      ? []
      : [
          {
            name: 'service-account',
            expression: `object.spec.?serviceAccountName.orValue('default') == ${celString(exception.serviceAccount)}`,
          },
        ]),
    ...(expiresAt === undefined ? [] : [notExpired(expiresAt)]),
  ];
}

function describe(exception: PolicyExceptionChoice): string {
  const facts = [
    `namespace ${exception.namespace}`,
    ...(exception.serviceAccount === undefined ? [] : [`ServiceAccount ${exception.serviceAccount}`]),
    ...(exception.expires === undefined ? [] : [`until ${exception.expires}`]),
  ];
  return `${exception.name}: ${facts.join(', ')} (${exception.reason})`;
}

/** One exception of the environment, `index` being its place in the list. */
export function ruleException(exception: PolicyExceptionChoice, index: number): RuleException {
  const expiresAt = exception.expires === undefined ? undefined : endOfDay(exception.expires);
  return {
    at: ['policies', 'exceptions', index],
    name: exception.name,
    reason: exception.reason,
    conditions: conditionsOf(exception, expiresAt),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    text: describe(exception),
  };
}

/** Whether the exception is one to the rule. One for a ServiceAccount is for pods, which alone have one. */
export function concerns(exception: PolicyExceptionChoice, rule: PolicyRule): boolean {
  return exception.policy === rule.policy && (rule.aboutPods || exception.serviceAccount === undefined);
}

/** Exceptions to a rule, in the order of the environment. */
export function exceptionsOf(platform: Platform, rule: PolicyRule): readonly RuleException[] {
  return platform.environment.policies.exceptions.flatMap((exception, index) =>
    concerns(exception, rule) ? [ruleException(exception, index)] : [],
  );
}
