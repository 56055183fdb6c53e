import ts from 'typescript';
import { unknown } from './pulumi-value.ts';
import { type PropertyType, structureNamed } from './type-declarations.ts';

/** A property that its declaration does not allow. */
export interface TypeFailure {
  readonly property: string;
  readonly reason: string;
}

/** Properties that no declaration names: Pulumi's own. */
const PULUMI_OWN = new Set(['__defaults', 'pluginDownloadURL']);

/** What the declared properties say against the values: unknown or missing properties, values of another type. */
export function propertyFailures(
  values: Readonly<Record<string, unknown>>,
  declared: readonly PropertyType[],
  at = '',
): readonly TypeFailure[] {
  const place = (name: string): string => (at === '' ? name : `${at}.${name}`);
  const types = new Map(declared.map((property) => [property.name, property]));
  return [
    ...Object.keys(values)
      .filter((name) => !types.has(name) && !PULUMI_OWN.has(name))
      .map((name) => ({ property: place(name), reason: 'is no property that @pulumi/aws declares here' })),
    ...declared
      .filter(({ name, required }) => required && (values[name] === undefined || values[name] === null))
      .map(({ name }) => ({ property: place(name), reason: 'is required' })),
    ...declared.flatMap(({ name, type }) => {
      const value = values[name];
      return value === undefined || value === null ? [] : typeFailures(value, type, place(name));
    }),
  ];
}

function wrong(property: string, value: unknown, expected: string): readonly TypeFailure[] {
  return [{ property, reason: `is ${JSON.stringify(value)}, and should be ${expected}` }];
}

function unionFailures(value: unknown, members: readonly ts.TypeNode[], at: string): readonly TypeFailure[] {
  const results = members
    .filter((member) => member.kind !== ts.SyntaxKind.UndefinedKeyword)
    .map((member) => typeFailures(value, member, at));
  const [least] = results.toSorted((one, other) => one.length - other.length);
  return least ?? [];
}

function mapFailures(value: unknown, type: ts.TypeLiteralNode, at: string): readonly TypeFailure[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(at, value, 'a map');
  const [index] = type.members;
  if (!index || !ts.isIndexSignatureDeclaration(index)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    typeFailures(item, index.type, `${at}[${JSON.stringify(key)}]`),
  );
}

function referenceFailures(value: unknown, type: ts.TypeReferenceNode, at: string): readonly TypeFailure[] {
  const name = type.typeName.getText();
  const [argument] = type.typeArguments ?? [];
  if (argument && ['pulumi.Input', 'pulumi.Output'].includes(name)) return typeFailures(value, argument, at);
  const structure = structureNamed(name);
  // Enumerations are open in AWS: new instance types come without a new provider. Anything else is a resource or an asset.
  if (structure === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(at, value, `a map (${name})`);
  return propertyFailures(value as Readonly<Record<string, unknown>>, structure, at);
}

/** What a declared type says against a value. A value that is not known yet passes. */
export function typeFailures(value: unknown, type: ts.TypeNode, at: string): readonly TypeFailure[] {
  if (value === unknown) return [];
  if (ts.isParenthesizedTypeNode(type)) return typeFailures(value, type.type, at);
  if (ts.isUnionTypeNode(type)) return unionFailures(value, type.types, at);
  if (ts.isTypeReferenceNode(type)) return referenceFailures(value, type, at);
  if (ts.isTypeLiteralNode(type)) return mapFailures(value, type, at);
  if (ts.isArrayTypeNode(type)) {
    if (!Array.isArray(value)) return wrong(at, value, 'a list');
    return value.flatMap((item, index) => typeFailures(item, type.elementType, `${at}[${index}]`));
  }
  if (ts.isLiteralTypeNode(type)) {
    return ts.isStringLiteral(type.literal) && type.literal.text !== value ? wrong(at, value, type.getText()) : [];
  }
  const primitive = {
    [ts.SyntaxKind.StringKeyword]: 'string',
    [ts.SyntaxKind.NumberKeyword]: 'number',
    [ts.SyntaxKind.BooleanKeyword]: 'boolean',
  };
  const expected = Object.entries(primitive).find(([kind]) => Number(kind) === type.kind)?.[1];
  return expected === undefined || typeof value === expected ? [] : wrong(at, value, `a ${expected}`);
}
