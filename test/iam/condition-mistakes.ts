import type { AuthorizationReference } from './authorization-reference.ts';
import type { NamedAction } from './named-action.ts';
import type { Statement } from './policy-document.ts';

/** Keys that every request has, with their types (IAM user guide, global condition context keys). Tags are the action's. */
const GLOBAL_KEYS: Readonly<Record<string, string>> = {
  'aws:PrincipalArn': 'ARN',
  'aws:RequestedRegion': 'String',
  'aws:SecureTransport': 'Bool',
  'aws:SourceAccount': 'String',
  'aws:SourceArn': 'ARN',
  'aws:ViaAWSService': 'Bool',
};

/** Types of keys that an operator compares (IAM user guide, condition operators). ARNs may be compared as texts. */
const COMPARED: readonly { readonly operator: RegExp; readonly types: readonly string[] }[] = [
  { operator: /^String(Not)?(Equals|Like)$/, types: ['String', 'ArrayOfString', 'ARN', 'ArrayOfARN'] },
  { operator: /^Arn(Not)?(Equals|Like)$/, types: ['ARN', 'ArrayOfARN'] },
  { operator: /^Numeric\w+$/, types: ['Numeric'] },
  { operator: /^Bool$/, types: ['Bool', 'ArrayOfBool'] },
];

/** `aws:RequestTag/${TagKey}` stands for the key of every tag. */
function standsFor(documented: string, key: string): boolean {
  const [start = '', variable] = documented.toLowerCase().split('${');
  return variable === undefined ? start === key.toLowerCase() : key.toLowerCase().startsWith(start);
}

function typeOfKey(
  reference: AuthorizationReference,
  actions: readonly NamedAction[],
  key: string,
): string | undefined {
  const services = new Set(actions.map(({ name }) => name.split(':')[0] ?? ''));
  return [...services]
    .flatMap((prefix) => Object.values(reference[prefix]?.conditions ?? {}))
    .find(({ condition }) => standsFor(condition, key))?.type;
}

function operatorMistakes(stated: string, key: string, type: string): readonly string[] {
  // Asks whether there is such a key, of whatever type, and has no variants.
  if (stated === 'Null') return [];
  const [, quantifier, operator = ''] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(?:IfExists)?$/.exec(stated) ?? [];
  const compared = COMPARED.find((each) => each.operator.test(operator));
  if (!compared) return [`there is no operator ${stated}`];
  return [
    ...(compared.types.includes(type) ? [] : [`${stated} does not compare ${key}, which is ${type}`]),
    ...(type.startsWith('Array') && quantifier === undefined
      ? [`${key} has several values, and ${stated} says neither ForAnyValue nor ForAllValues`]
      : []),
  ];
}

function keyMistakes(
  reference: AuthorizationReference,
  actions: readonly NamedAction[],
  stated: string,
  key: string,
): readonly string[] {
  const global = GLOBAL_KEYS[key];
  if (global !== undefined) return operatorMistakes(stated, key, global);
  const type = typeOfKey(reference, actions, key);
  if (type === undefined) return [`there is no condition key ${key}`];
  const without = actions.filter(({ keys, resources }) =>
    [...keys, ...resources.flatMap((resource) => resource.keys)].every((each) => !standsFor(each, key)),
  );
  return [...operatorMistakes(stated, key, type), ...without.map(({ name }) => `${name} has no condition key ${key}`)];
}

/** What is wrong with the condition of a statement about these actions, and about no other resources than theirs. */
export function conditionMistakes(
  reference: AuthorizationReference,
  actions: readonly NamedAction[],
  condition: NonNullable<Statement['Condition']>,
): readonly string[] {
  return Object.entries(condition).flatMap(([stated, comparisons]) =>
    Object.keys(comparisons).flatMap((key) => keyMistakes(reference, actions, stated, key)),
  );
}
