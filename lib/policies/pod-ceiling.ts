import { formatBytes, formatMillicpu } from '../core/quantity.ts';
import type { NamedExpression } from '../crds/admissionregistration.k8s.io.ts';
import type { Platform } from '../model/platform.ts';
import { celString, celText, literal } from './cel.ts';
import { IS_PEOPLES, TIER_VARIABLE } from './governed-namespaces.ts';
import { ALL_PODS, SPEC_CHANGES } from './pod-requests.ts';
import type { PolicyRule, RuleValidation } from './policy-rule.ts';
import { remedy } from './remedy.ts';

type Measured = 'cpu' | 'memory';

/** CEL: what `container` may use at most, as an optional: its own limit, else that of the pod as a whole (KEP-2837). */
const limitOf = (resource: Measured): string =>
  `container.?resources.?limits[?'${resource}'].or(variables.podLimits[?'${resource}'])`;

/** `variables.unlimited`: names of containers that lack a limit. */
const UNLIMITED: NamedExpression = {
  name: 'unlimited',
  expression: `variables.limited.filter(container,
  !${limitOf('cpu')}.hasValue() ||
  !${limitOf('memory')}.hasValue()
).map(container, container.name)`,
};

/** `variables.cpuAbove`, `variables.memoryAbove`: sentences about containers whose limit is above the ceiling. */
function above(resource: Measured, ceiling: string): NamedExpression {
  const limit = `string(${limitOf(resource)}.orValue('0'))`;
  return {
    name: `${resource}Above`,
    expression: `variables.limited.filter(container,
  quantity(${limit}).isGreaterThan(quantity(${celString(ceiling)}))
).map(container, 'Container "' + container.name + '" has the limit ' + ${limit})`,
  };
}

function limitPresent(platform: Platform): RuleValidation {
  const advice = remedy(platform, 'Set limits for cpu and memory');
  return {
    expression: `!(${IS_PEOPLES}) || variables.unlimited.size() == 0`,
    explain: celText`Container "${'variables.unlimited[0]'}" has no limit for cpu or for memory, and in namespace \
"${'request.namespace'}" every container has both. ${literal(advice)}`,
    message: `Every container in this namespace has limits for cpu and memory. ${advice}`,
  };
}

function limitBelow(platform: Platform, resource: Measured, ceiling: string): RuleValidation {
  const advice = remedy(platform, 'Ask for less, or split the work');
  return {
    expression: `!(${IS_PEOPLES}) || variables.${resource}Above.size() == 0`,
    explain: celText`${`variables.${resource}Above[0]`} for ${literal(resource)}; one container in namespace \
"${'request.namespace'}" may have at most ${literal(ceiling)}. ${literal(advice)}`,
    message: `One container in this namespace may have at most ${ceiling} for ${resource}. ${advice}`,
  };
}

/**
 * POL-3. A ceiling per container for tenants and courses, as a rule and not as the `max` of a LimitRange, because no
 * exception is possible to that. Init containers count; debug containers cannot have limits at all. Sessions are not
 * measured here: their size is chosen from the profiles of the platform.
 */
export function podCeiling(platform: Platform): PolicyRule {
  const cpu = formatMillicpu(platform.environment.policies.ceiling.cpu);
  const memory = formatBytes(platform.environment.policies.ceiling.memory);
  return {
    name: 'pod-ceiling',
    policy: 'pod-ceiling',
    explanation: `One container may use at most ${cpu} CPUs and ${memory} of memory, and says how much it uses.`,
    resources: [ALL_PODS],
    aboutPods: true,
    enforcedBy: 'both',
    conditions: [SPEC_CHANGES],
    variables: [
      TIER_VARIABLE,
      { name: 'limited', expression: 'object.spec.containers + object.spec.?initContainers.orValue([])' },
      // dyn: the type checker of Kubernetes 1.36 does not know resources of a whole pod.
      { name: 'podLimits', expression: 'dyn(object.spec).?resources.?limits.orValue({})' },
      UNLIMITED,
      above('cpu', cpu),
      above('memory', memory),
    ],
    validations: [limitPresent(platform), limitBelow(platform, 'cpu', cpu), limitBelow(platform, 'memory', memory)],
  };
}
