import { instanceTypeNames } from '../../lib/catalog/instance-types.ts';
import type { AwsSchemas } from './aws-schemas.ts';
import { readSchemas } from './resource-schemas.ts';

interface RegionTypes {
  /** Of the key "description", the text; of regions, the types that have a price there. */
  readonly [region: string]: { readonly enum?: readonly string[] } | string;
}

/** Regions to the types of instances that EC2 has a price for there. */
function typesByRegion(schemas: AwsSchemas): ReadonlyMap<string, ReadonlySet<string>> {
  const read = readSchemas<RegionTypes>(schemas, 'extensions', 'aws_ec2_instance', 'instancetype_enum.json');
  const regions = Object.entries(read).flatMap(([region, types]) =>
    typeof types === 'string' || !types.enum?.length ? [] : [[region, new Set(types.enum)] as const],
  );
  return new Map(regions.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Entries whose families stand for all their types, but for those that are sold elsewhere than the first of them. */
function soldIn(schemas: AwsSchemas): readonly (readonly [string, readonly string[]])[] {
  const regions = typesByRegion(schemas);
  const sold = (type: string): readonly string[] =>
    [...regions].filter(([, types]) => types.has(type)).map(([region]) => region);
  const types = [...instanceTypeNames()].sort();
  const families = [...new Set(types.map((type) => type.split('.')[0] ?? ''))];
  return families.flatMap((family) => {
    const [first = '', ...others] = types.filter((type) => type.startsWith(`${family}.`));
    const elsewhere = others.filter((type) => sold(type).join() !== sold(first).join());
    return [[family, sold(first)] as const, ...elsewhere.map((type) => [type, sold(type)] as const)];
  });
}

/** lib/catalog/data/instance-offerings.json as it follows from the published lists and the catalogue of types. */
export function offeringFile(schemas: AwsSchemas): string {
  const { schema_date: date } = readSchemas<{ readonly schema_date: string }>(schemas, 'version.json');
  const lines = soldIn(schemas).map((entry) => `${JSON.stringify(entry[0])}: ${JSON.stringify(entry[1])}`);
  return `{
"source": "cfn-lint, data/schemas/extensions/aws_ec2_instance/instancetype_enum.json (types with a price in the AWS price list), MIT-0; version in tools/aws-schemas/requirements.txt",
"asOf": ${JSON.stringify(date.slice(0, 7))},
"regions": ${JSON.stringify([...typesByRegion(schemas).keys()])},
"soldIn": {
${lines.join(',\n')}
}
}
`;
}
