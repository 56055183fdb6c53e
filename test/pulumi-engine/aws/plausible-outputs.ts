import { createHash } from 'node:crypto';
import ts from 'typescript';
import { isMarked, UNKNOWN_TEXT } from './pulumi-value.ts';
import { type PropertyType, structureNamed } from './type-declarations.ts';

/** What the made-up outputs of one resource or answer are made of. */
export interface OutputSeed {
  /** Unique, and the same whenever the same thing is asked for: a URN, or a function with its arguments. */
  readonly key: string;
  readonly token: string;
  /** Outputs that something else depends on, by path: `certificateAuthority.data`. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Whether nothing is made yet: all that is no input is unknown. @default false */
  readonly previewed?: boolean;
}

/** Account and region of the cloud that does not exist. */
export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';

/** Prefixes of EC2's identifiers, which others are recognised by. */
const ID_PREFIXES: Readonly<Record<string, string>> = {
  Vpc: 'vpc',
  Subnet: 'subnet',
  SecurityGroup: 'sg',
  RouteTable: 'rtb',
  InternetGateway: 'igw',
  NatGateway: 'nat',
  Eip: 'eipalloc',
  LaunchTemplate: 'lt',
  VpcEndpoint: 'vpce',
  FileSystem: 'fs',
  AccessPoint: 'fsap',
  MountTarget: 'fsmt',
};

function hexOf(key: string, length: number): string {
  return createHash('sha256').update(key).digest('hex').slice(0, length);
}

/** The identifier that a new resource gets: its name where AWS identifies it by name, else an identifier of its kind. */
export function plausibleId(seed: OutputSeed, inputs: Readonly<Record<string, unknown>>): string {
  const type = seed.token.split(':').at(-1) ?? '';
  const prefix = ID_PREFIXES[type];
  if (prefix !== undefined) return `${prefix}-${hexOf(seed.key, 17)}`;
  const name = inputs.name ?? inputs.identifier;
  return typeof name === 'string' ? name : `${type.toLowerCase()}-${hexOf(seed.key, 12)}`;
}

function plausibleText(seed: OutputSeed, path: string, id: string): string {
  const name =
    path
      .split(/[.[]/)
      .filter((part) => !part.endsWith(']'))
      .at(-1) ?? '';
  const service = seed.token.split(/[:/]/)[1] ?? '';
  if (/arn$/i.test(name))
    return `arn:aws:${service}:${REGION}:${ACCOUNT}:${seed.token.split(':').at(-1)?.toLowerCase()}/${id}`;
  if (name === 'id') return id;
  if (name === 'name') return id;
  if (/account|owner/i.test(name)) return ACCOUNT;
  if (/region$/i.test(name)) return REGION;
  if (/(url|endpoint|issuer)$/i.test(name)) return `https://${hexOf(seed.key, 12)}.${service}.example.internal`;
  if (/(address|dns|dnsName|domain|host)$/i.test(name)) return `${hexOf(seed.key, 12)}.${service}.example.internal`;
  if (/(At|Date|Time)$/.test(name)) return '2026-01-01T00:00:00Z';
  if (/id$/i.test(name)) return `${name.slice(0, -2).toLowerCase()}-${hexOf(`${seed.key}.${path}`, 17)}`;
  return `${name}-${hexOf(`${seed.key}.${path}`, 7)}`;
}

function plausible(seed: OutputSeed, type: ts.TypeNode, path: string, id: string): unknown {
  if (seed.previewed) return UNKNOWN_TEXT;
  const fixed = seed.fixed[path];
  if (fixed !== undefined) return fixed;
  if (ts.isUnionTypeNode(type)) {
    const optional = type.types.some(({ kind }) => kind === ts.SyntaxKind.UndefinedKeyword);
    const [first] = type.types;
    return optional || !first ? undefined : plausible(seed, first, path, id);
  }
  if (ts.isTypeReferenceNode(type)) {
    const [argument] = type.typeArguments ?? [];
    if (argument) return plausible(seed, argument, path, id);
    const structure = structureNamed(type.typeName.getText());
    return structure ? plausibleOutputs(seed, structure, {}, id, path) : plausibleText(seed, path, id);
  }
  if (ts.isTypeLiteralNode(type)) return {};
  if (ts.isArrayTypeNode(type)) return [plausible(seed, type.elementType, `${path}[0]`, id)];
  switch (type.kind) {
    case ts.SyntaxKind.NumberKeyword:
      return 0;
    case ts.SyntaxKind.BooleanKeyword:
      return false;
    default:
      return plausibleText(seed, path, id);
  }
}

/** The structure that a type is, whatever it is wrapped in. */
function structureOf(type: ts.TypeNode): readonly PropertyType[] | undefined {
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const [argument] = type.typeArguments ?? [];
  return argument ? structureOf(argument) : structureNamed(type.typeName.getText());
}

function isPlainMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isMarked(value);
}

/**
 * Outputs of the declared types, the inputs among them as they are: names, identifiers and addresses of the right form,
 * lists of one. Optional outputs that were no input are left out. A structure that was an input gets what AWS adds to it.
 */
export function plausibleOutputs(
  seed: OutputSeed,
  declared: readonly PropertyType[],
  inputs: Readonly<Record<string, unknown>>,
  id: string,
  at = '',
): Readonly<Record<string, unknown>> {
  const made = declared.flatMap(({ name, type, required }): readonly (readonly [string, unknown])[] => {
    const path = at === '' ? name : `${at}.${name}`;
    const input = inputs[name];
    const structure = structureOf(type);
    if (structure && isPlainMap(input)) return [[name, plausibleOutputs(seed, structure, input, id, path)]];
    const value = required && input === undefined ? plausible(seed, type, path, id) : undefined;
    return value === undefined ? [] : [[name, value]];
  });
  return { ...inputs, ...Object.fromEntries(made) };
}
