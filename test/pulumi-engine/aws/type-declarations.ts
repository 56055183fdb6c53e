import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const root = dirname(createRequire(import.meta.url).resolve('@pulumi/aws'));

const parsed = new Map<string, ts.SourceFile>();

function declarationFile(path: string): ts.SourceFile {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  const file = ts.createSourceFile(
    path,
    readFileSync(join(root, path), 'utf8'),
    { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    true,
  );
  parsed.set(path, file);
  return file;
}

/** One property of a resource, a function's arguments or a structure within them. */
export interface PropertyType {
  readonly name: string;
  readonly type: ts.TypeNode;
  readonly required: boolean;
}

function propertiesOf(members: ts.NodeArray<ts.TypeElement | ts.ClassElement>): readonly PropertyType[] {
  return members.flatMap((member) =>
    (ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) && member.type && ts.isIdentifier(member.name)
      ? [{ name: member.name.text, type: member.type, required: member.questionToken === undefined }]
      : [],
  );
}

function interfaceNamed(statements: readonly ts.Statement[], name: string): readonly PropertyType[] | undefined {
  const found = statements.find((statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name);
  return found && ts.isInterfaceDeclaration(found) ? propertiesOf(found.members) : undefined;
}

function statementsWithin(file: ts.SourceFile, namespace: readonly string[]): readonly ts.Statement[] {
  let statements: readonly ts.Statement[] = file.statements;
  for (const name of namespace) {
    const found = statements.find((statement) => ts.isModuleDeclaration(statement) && statement.name.text === name);
    const body = found && ts.isModuleDeclaration(found) ? found.body : undefined;
    statements = body && ts.isModuleBlock(body) ? body.statements : [];
  }
  return statements;
}

const structures = new Map<string, readonly PropertyType[] | undefined>();

/** Properties of `inputs.eks.ClusterVpcConfig` or `outputs.eks.ClusterIdentity`; undefined for what is neither. */
export function structureNamed(reference: string): readonly PropertyType[] | undefined {
  if (structures.has(reference)) return structures.get(reference);
  const [side, ...path] = reference.split('.');
  const name = path.pop();
  const known = name !== undefined && (side === 'inputs' || side === 'outputs');
  const file = side === 'inputs' ? 'types/input.d.ts' : 'types/output.d.ts';
  const found = known ? interfaceNamed(statementsWithin(declarationFile(file), path), name) : undefined;
  structures.set(reference, found);
  return found;
}

/** What the declarations of @pulumi/aws say of a token such as `aws:eks/cluster:Cluster` or `aws:index/getRegion:getRegion`. */
export interface TokenTypes {
  readonly inputs: readonly PropertyType[];
  readonly outputs: readonly PropertyType[];
}

/** @throws Error where @pulumi/aws has no such token. */
export function typesOf(token: string): TokenTypes {
  const match = /^aws:([\w-]+)\/(\w+):(\w+)$/.exec(token);
  const [, module = '', file = '', name = ''] = match ?? [];
  const path = module === 'index' ? `${file}.d.ts` : join(module, `${file}.d.ts`);
  let source: ts.SourceFile;
  try {
    source = declarationFile(path);
  } catch {
    throw new Error(`@pulumi/aws has no "${token}"`);
  }
  if (name.startsWith('get')) {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return {
      inputs: interfaceNamed(source.statements, `${type}Args`) ?? [],
      outputs: interfaceNamed(source.statements, `${type}Result`) ?? [],
    };
  }
  const declared = source.statements.find(
    (statement) => ts.isClassDeclaration(statement) && statement.name?.text === name,
  );
  if (!declared || !ts.isClassDeclaration(declared)) throw new Error(`@pulumi/aws has no "${token}"`);
  return {
    inputs: interfaceNamed(source.statements, `${name}Args`) ?? [],
    outputs: propertiesOf(declared.members).filter(({ type }) => type.getText().startsWith('pulumi.Output')),
  };
}
