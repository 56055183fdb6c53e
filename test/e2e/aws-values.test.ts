import { beforeAll, describe, expect, test } from 'vitest';
import { awsPartition } from '../../lib/catalog/aws-partitions.ts';
import { CLOUDWATCH_RETENTION_DAYS } from '../../lib/catalog/cloudwatch.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import { requestMistakes } from '../aws-schemas/api-shapes.ts';
import { type AwsSchemas, installedAwsSchemas } from '../aws-schemas/aws-schemas.ts';
import { type LintMatch, lintTemplates } from '../aws-schemas/cfn-lint.ts';
import { offeringFile } from '../aws-schemas/offering-file.ts';
import { allowedValues, regionPartitions } from '../aws-schemas/resource-schemas.ts';
import { cloudTemplates, environmentClouds, variantClouds } from '../cloudformation/clouds.ts';
import type { CloudTemplate } from '../cloudformation/template.ts';

/** Rules of cfn-lint about how templates are written, which Pulumi has no use for. */
const ABOUT_TEMPLATES = {
  I3011: 'What happens to data when a template forgets it is said by protect and deletion protection.',
  W3010: 'An environment names its zones.',
};

/** What the published data gets wrong. */
const WRONG: readonly { readonly rule: string; readonly message: RegExp; readonly because: string }[] = [
  {
    rule: 'W3691',
    message: /^Engine version '\d+' for engine 'postgres' is deprecated/,
    because: 'RDS completes a major version (API reference, CreateDBInstance); the list only knows complete ones.',
  },
];

const isWrong = ({ rule, message }: LintMatch): boolean =>
  WRONG.some((each) => each.rule === rule && each.message.test(message));

/** Mistakes that types do not see, one of each kind. */
const MISTAKES: Readonly<Record<string, JsonObject>> = {
  'AWS::EC2::SecurityGroup': { VpcId: { Ref: 'KeyDs' } },
  'AWS::EC2::Subnet': { CidrBlock: '10.200.0.0/18' },
  'AWS::ECR::Repository': { ScanOnPush: true },
  'AWS::EKS::Nodegroup': { AmiType: 'AL2023_x86_64_STANDART' },
  'AWS::KMS::Key': { PendingWindowInDays: 31 },
  'AWS::Logs::LogGroup': { LogGroupName: '/atelier/prod pods' },
  'AWS::RDS::DBInstance': { DBInstanceClass: 'db.m7g.tiny' },
};

/** The first resource of each of these types, with its mistake. */
function brokenResources({ resources }: CloudTemplate): CloudTemplate['resources'] {
  const broken = Object.entries(MISTAKES).map(([type, mistake]) => {
    const [id = '', resource] = Object.entries(resources).find(([, { Type }]) => Type === type) ?? [];
    return [id, { Type: type, Properties: { ...resource?.Properties, ...mistake } }] as const;
  });
  return Object.fromEntries(broken);
}

const bundles = [...(await environmentClouds()), ...variantClouds()];

function proofs(schemas: AwsSchemas): void {
  let templates: readonly CloudTemplate[] = [];
  let broken: CloudTemplate['resources'] = {};
  let found: readonly LintMatch[] = [];
  beforeAll(async () => {
    templates = await cloudTemplates(bundles);
    const complete = templates.filter(({ name }) => name === 'prod');
    broken = Object.assign({}, ...complete.map(brokenResources));
    const changed = complete.map((each) => ({ ...each, name: 'broken', resources: { ...each.resources, ...broken } }));
    found = lintTemplates(schemas, [...templates, ...changed], Object.keys(ABOUT_TEMPLATES));
  });

  test('THEN every resource has a counterpart that AWS has published a schema of', () => {
    expect(templates.flatMap(({ unknown }) => unknown)).toEqual([]);
    expect(templates.every(({ resources }) => Object.keys(resources).length > 30)).toBe(true);
  });

  test.each(bundles.map(({ environment }) => environment))(
    'THEN all values of %s are ones that AWS takes, and fit each other',
    (name) => {
      expect(found.filter((match) => match.template === name && !isWrong(match))).toEqual([]);
    },
  );

  test('THEN a value that AWS does not take would be found, whatever is wrong with it', () => {
    const mistakes = found.filter((match) => match.template === 'broken' && !isWrong(match));
    const ids = new Set(mistakes.map(({ path }) => path.split('/')[1]));
    expect([...ids].sort()).toEqual(Object.keys(broken).sort());
    expect(ids.size).toBe(Object.keys(MISTAKES).length);
  });

  test('THEN no exception is kept that nothing needs any more', () => {
    const needed = WRONG.filter(({ rule, message }) =>
      found.some((match) => match.rule === rule && message.test(match.message)),
    );
    expect(needed).toEqual(WRONG);
  });

  test('THEN what only the API has a word for is of the shape that the API wants', () => {
    const requests = templates.flatMap((template) => template.requests);
    expect(requests.length).toBeGreaterThan(50);
    expect(requestMistakes(schemas, requests)).toEqual([]);
  });

  test('THEN logs are kept for periods that CloudWatch knows, all of them', () => {
    const known = allowedValues(schemas, 'eu-central-1', 'AWS::Logs::LogGroup', 'RetentionInDays');
    expect(CLOUDWATCH_RETENTION_DAYS).toEqual(known);
  });

  test('THEN the catalogue knows which types are sold where (vitest -u writes it anew)', async () => {
    await expect(offeringFile(schemas)).toMatchFileSnapshot('../../lib/catalog/data/instance-offerings.json');
  });

  test('THEN ARNs of every region begin with its partition', () => {
    const partitions = regionPartitions(schemas);
    const ours = Object.keys(partitions).map((region) => [region, awsPartition(region)]);
    expect(ours.length).toBeGreaterThan(30);
    expect(Object.fromEntries(ours)).toEqual(partitions);
  });
}

const schemas = await installedAwsSchemas();
describe.skipIf(schemas === undefined)('GIVEN what AWS publishes WHEN clouds are held against it (CLOUD-1)', () => {
  if (schemas) proofs(schemas);
});
