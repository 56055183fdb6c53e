import { formatBytes, formatMillicpu } from '../core/quantity.ts';
import type { Platform } from '../model/platform.ts';
import { celText, literal } from './cel.ts';
import { IS_PEOPLES, TIER_VARIABLE } from './governed-namespaces.ts';
import { ALL_PODS, SPEC_CHANGES } from './pod-requests.ts';
import { isLarger, podSize, SIZE_TEXT, SIZE_VARIABLES, UNLIMITED, whenLargest } from './pod-size.ts';
import type { PolicyRule, RuleValidation } from './policy-rule.ts';
import { remedy } from './remedy.ts';

function limitPresent(platform: Platform): RuleValidation {
  const advice = remedy(platform, 'Set limits for cpu and memory');
  return {
    expression: `!(${IS_PEOPLES}) || variables.unlimited.size() == 0`,
    explain: celText`Container "${'variables.unlimited[0]'}" has no limit for cpu or for memory (0 is none), and in \
namespace "${'request.namespace'}" every container has both. ${literal(advice)}`,
    message: `Every container in this namespace has limits for cpu and memory. ${advice}`,
  };
}

function cpuBelow(platform: Platform): RuleValidation {
  const { cpu } = platform.environment.policies.ceiling;
  const most = formatMillicpu(cpu);
  const advice = remedy(platform, 'Ask for less, or split the work into several pods');
  return {
    expression: `!(${IS_PEOPLES}) || !(${isLarger('cpu', cpu, 1000)})`,
    explain: celText`The pod may use ${SIZE_TEXT.cpu} CPUs ${whenLargest('cpu')}; one pod in namespace \
"${'request.namespace'}" may use at most ${literal(most)}. ${literal(advice)}`,
    message: `One pod in this namespace may use at most ${most} CPUs. ${advice}`,
  };
}

function memoryBelow(platform: Platform): RuleValidation {
  const { memory } = platform.environment.policies.ceiling;
  const most = formatBytes(memory);
  const advice = remedy(platform, 'Ask for less, or split the work into several pods');
  return {
    expression: `!(${IS_PEOPLES}) || !(${isLarger('memory', memory, 1)})`,
    explain: celText`The pod may use ${SIZE_TEXT.memory} of memory ${whenLargest('memory')}; one pod in namespace \
"${'request.namespace'}" may use at most ${literal(most)}. ${literal(advice)}`,
    message: `One pod in this namespace may use at most ${most} of memory. ${advice}`,
  };
}

/**
 * POL-3. A ceiling per pod for tenants and courses, as a rule and not as the `max` of a LimitRange, because no exception
 * is possible to that. Debug containers do not count: they cannot have limits at all. Sessions are not measured here:
 * their size is chosen from the profiles of the platform.
 */
export function podCeiling(platform: Platform): PolicyRule {
  const { cpu, memory } = platform.environment.policies.ceiling;
  return {
    name: 'pod-ceiling',
    policy: 'pod-ceiling',
    explanation: `One pod may use at most ${formatMillicpu(cpu)} CPUs and ${formatBytes(memory)} of memory, all its \
containers together, and says how much it uses.`,
    resources: [ALL_PODS],
    aboutPods: true,
    enforcedBy: 'both',
    conditions: [SPEC_CHANGES],
    variables: [TIER_VARIABLE, ...SIZE_VARIABLES, UNLIMITED, ...podSize('cpu'), ...podSize('memory')],
    validations: [limitPresent(platform), cpuBelow(platform), memoryBelow(platform)],
  };
}
