import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsSchemas } from './aws-schemas.ts';

interface ResourceSchema {
  readonly properties: Readonly<Record<string, { readonly enum?: readonly unknown[] } | undefined>>;
  readonly handlers?: Readonly<Record<string, { readonly permissions?: readonly string[] }>>;
}

/** One of the files that cfn-lint brings, below its folder of schemas. */
export function readSchemas<T>(schemas: AwsSchemas, ...path: readonly string[]): T {
  return JSON.parse(readFileSync(join(schemas.folder('cfnlint'), 'data', 'schemas', ...path), 'utf8'));
}

function resourceSchema(schemas: AwsSchemas, region: string, type: string): ResourceSchema {
  const index = readSchemas<Readonly<Record<string, string>>>(schemas, 'providers', `${region}.json`);
  return readSchemas(schemas, 'resources', `${index[type]}.json`);
}

/** The values that a property of a resource may have. */
export function allowedValues(schemas: AwsSchemas, region: string, type: string, property: string): readonly unknown[] {
  return resourceSchema(schemas, region, type).properties[property]?.enum ?? [];
}

/** What CloudFormation must be allowed to make, change, read and delete a resource of a type. */
export function handlerPermissions(schemas: AwsSchemas, region: string, type: string): readonly string[] {
  const { handlers = {} } = resourceSchema(schemas, region, type);
  // "list" finds resources that nobody named, which a deployment never does.
  const used = Object.entries(handlers).filter(([handler]) => handler !== 'list');
  const permissions = used.flatMap(([, handler]) => handler.permissions ?? []);
  if (permissions.length === 0) throw new Error(`The schema of ${type} names no permissions.`);
  return [...new Set(permissions)].sort();
}

/** Regions to the partition that each is in. */
export function regionPartitions(schemas: AwsSchemas): Readonly<Record<string, string>> {
  const file = join(schemas.folder('botocore'), 'data', 'partitions.json');
  const { partitions } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly partitions: readonly { readonly id: string; readonly regions: Readonly<Record<string, unknown>> }[];
  };
  // Beside regions there is one name in each for services that have none.
  const regions = partitions.flatMap(({ id, regions }) => Object.keys(regions).map((region) => [region, id] as const));
  return Object.fromEntries(regions.filter(([region]) => !region.endsWith('-global')));
}
