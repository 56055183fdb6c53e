import type { Platform } from '../model/platform.ts';
import { type PriorityStep, TIERS, type Tier } from '../model/priority-ladder.ts';
import { defaultStep } from '../model/profile.ts';
import { celList, celMap, celString, celText, literal } from './cel.ts';
import { IS_OTHERS, TIER_VARIABLE } from './governed-namespaces.ts';
import { NEW_PODS } from './pod-requests.ts';
import type { PolicyRule } from './policy-rule.ts';
import { remedy } from './remedy.ts';

/** Steps of the ladder that pods of the tier may use, lowest first. */
function allowedSteps(ladder: readonly PriorityStep[], tier: Tier): readonly PriorityStep[] {
  return ladder.filter((step) => step.tiers.includes(tier));
}

// A pod without a class has priority 0, unless some class is the cluster's default: then it has that class.
const classValues = (steps: readonly PriorityStep[]): string =>
  celMap([['', '0'], ...steps.map((step): [string, string] => [step.name, String(step.value)])]);

const describeSteps = (steps: readonly PriorityStep[]): string =>
  steps.length === 0 ? 'none' : steps.map((step) => `${step.name} (${step.value})`).join(', ');

function perTier(ladder: readonly PriorityStep[], render: (steps: readonly PriorityStep[]) => string): string {
  const rows = TIERS.map((tier) => `  ${celString(tier)}: ${render(allowedSteps(ladder, tier))}`);
  // A tier that this version of the ladder does not know gets what pods get that ask for nothing.
  const step = defaultStep(ladder);
  return `{\n${rows.join(',\n')}\n}[?variables.tier].orValue(${render(step ? [step] : [])})`;
}

/**
 * POL-1. In namespaces with a tier a pod has one of the classes that the ladder gives the tier, at the value of the
 * ladder: what counts is `spec.priority`, which the Priority admission plugin has resolved by then. Namespaces without a
 * tier are the cluster's other software: it keeps its own classes, but those of the ladder are not for it, save the
 * default one.
 */
export function allowedPriorities(platform: Platform): PolicyRule {
  const { priorities } = platform.environment;
  const kept = priorities.filter((step) => !step.default).map(({ name }) => name);
  return {
    name: 'allowed-priorities',
    policy: 'allowed-priorities',
    explanation:
      'Pods use only the priority classes of their tier, so that nobody is served before others or displaces them unasked.',
    resources: [NEW_PODS],
    aboutPods: true,
    enforcedBy: 'both',
    conditions: [],
    variables: [
      TIER_VARIABLE,
      { name: 'className', expression: "object.spec.?priorityClassName.orValue('')" },
      { name: 'priority', expression: 'object.spec.?priority.orValue(0)' },
      { name: 'allowed', expression: perTier(priorities, classValues) },
      {
        name: 'allowedText',
        expression: perTier(priorities, (steps) => celString(describeSteps(steps))),
      },
    ],
    validations: [
      {
        expression: `${IS_OTHERS} || (variables.className in variables.allowed &&
  variables.allowed[variables.className] == variables.priority)`,
        explain: celText`PriorityClass "${'variables.className'}" with priority ${'string(variables.priority)'} is not for \
pods of namespace "${'request.namespace'}" (tier ${'variables.tier'}). Allowed here: ${'variables.allowedText'}. \
${literal(remedy(platform, 'Use one of these'))}`,
        message: `This priority class is not allowed in this namespace. ${remedy(platform, 'Use another one')}`,
      },
      {
        expression: `!(${IS_OTHERS}) || !(variables.className in ${celList(kept)})`,
        explain: celText`PriorityClass "${'variables.className'}" is kept for namespaces of the platform and its tenants, \
and "${'request.namespace'}" is none of them. ${literal(remedy(platform, 'Use a class of your own or none'))}`,
        message: `This priority class is kept for others. ${remedy(platform, 'Use another one')}`,
      },
    ],
  };
}
