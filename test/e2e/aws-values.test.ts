import { beforeAll, describe, expect, test } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { awsPartition } from '../../lib/catalog/aws-partitions.ts';
import { CLOUDWATCH_RETENTION_DAYS } from '../../lib/catalog/cloudwatch.ts';
import { readAsset } from '../../lib/core/asset.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import { listEnvironments } from '../../lib/loader/find.ts';
import { cloudOf } from '../../lib/model/cluster.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { synthesize } from '../../stacks/synth.ts';
import { requestMistakes } from '../aws-schemas/api-shapes.ts';
import { type AwsSchemas, installedAwsSchemas } from '../aws-schemas/aws-schemas.ts';
import { type LintMatch, lintTemplates } from '../aws-schemas/cfn-lint.ts';
import { offeringFile } from '../aws-schemas/offering-file.ts';
import { allowedValues, handlerPermissions, regionPartitions } from '../aws-schemas/resource-schemas.ts';
import { type CloudTemplate, cloudTemplate } from '../cloudformation/template.ts';
import { everyNodeGroup, inPartition, optionVariants } from '../cloudformation/variants.ts';
import { dependentActions, notAllowed } from '../iam/allowed.ts';
import { authorizationReference } from '../iam/authorization-reference.ts';
import type { PolicyDocument } from '../iam/policy-document.ts';
import { policyMistakes } from '../iam/policy-mistakes.ts';
import { UNUSED_PERMISSIONS } from '../iam/unused-permissions.ts';
import { bundleOf } from './environments.ts';

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

/** What the authorization reference leaves out, by the statement and what is said of it. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'AllowScopedEC2InstanceActionsWithTags: no action is about arn:PARTITION:ec2:REGION:*:spot-instances-request/*':
    "RunInstances makes one for a spot instance: Karpenter's own policy has it (test/fixtures/karpenter-policies.json).",
};

const isWrong = ({ rule, message }: LintMatch): boolean =>
  WRONG.some((each) => each.rule === rule && each.message.test(message));

function bundleFrom(input: EnvironmentInput): Bundle {
  const synthesis = synthesize(input);
  if (synthesis.kind === 'invalid') throw new Error(synthesis.problems.map(({ message }) => message).join('\n'));
  return synthesis.bundle;
}

const environments = await Promise.all(listEnvironments().map(({ name }) => bundleOf(name)));
const variants = [
  ...optionVariants(),
  everyNodeGroup(),
  inPartition('aws-cn', 'cn-northwest-1'),
  inPartition('aws-us-gov', 'us-gov-west-1'),
];
const bundles = [...environments, ...variants.map(bundleFrom)].filter(({ platform }) => cloudOf(platform.environment));
const deployer: PolicyDocument = JSON.parse(readAsset('docs/aws-deployer-policy.json'));

interface NamedTemplate extends CloudTemplate {
  readonly name: string;
}

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
function brokenResources({ resources }: NamedTemplate): NamedTemplate['resources'] {
  const broken = Object.entries(MISTAKES).map(([type, mistake]) => {
    const [id = '', resource] = Object.entries(resources).find(([, { Type }]) => Type === type) ?? [];
    return [id, { Type: type, Properties: { ...resource?.Properties, ...mistake } }] as const;
  });
  return Object.fromEntries(broken);
}

/** Policies in a template, by where they stand. */
function policiesOf({ name, resources }: NamedTemplate): readonly (readonly [string, PolicyDocument])[] {
  return Object.entries(resources).flatMap(([id, { Properties }]) =>
    ['AssumeRolePolicyDocument', 'FileSystemPolicy', 'PolicyDocument'].flatMap((property) =>
      Properties[property] === undefined
        ? []
        : [[`${name} ${id}`, Properties[property] as unknown as PolicyDocument] as const],
    ),
  );
}

function proofs(schemas: AwsSchemas): void {
  const templates: NamedTemplate[] = [];
  let found: readonly LintMatch[] = [];
  const templateOf = (name: string): NamedTemplate => {
    const template = templates.find((each) => each.name === name);
    if (!template) throw new Error(`${name} has no cloud`);
    return template;
  };
  beforeAll(async () => {
    // One after the other: Pulumi's mocks are one for a process.
    for (const bundle of bundles) templates.push({ name: bundle.environment, ...(await cloudTemplate(bundle)) });

    const { resources, region } = templateOf('prod');
    const broken = { name: 'broken', region, resources: { ...resources, ...brokenResources(templateOf('prod')) } };
    found = lintTemplates(schemas, [...templates, broken], Object.keys(ABOUT_TEMPLATES));
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
    const broken = new Set(mistakes.map(({ path }) => path.split('/')[1]));
    expect([...broken].sort()).toEqual(Object.keys(brokenResources(templateOf('prod'))).sort());
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
    expect(Object.keys(partitions).length).toBeGreaterThan(30);
    expect(Object.fromEntries(Object.keys(partitions).map((region) => [region, awsPartition(region)]))).toEqual(
      partitions,
    );
  });

  test('THEN policies name actions, resources and condition keys that exist and belong together', () => {
    const reference = authorizationReference(schemas);
    const policies = [...templates.flatMap(policiesOf), ['deployer', deployer] as const];
    const mistakes = policies.flatMap(([where, policy]) =>
      policyMistakes(reference, policy)
        .filter((mistake) => {
          const general = mistake.replace(/arn:aws[a-z-]*:ec2:[a-z0-9-]+:/, 'arn:PARTITION:ec2:REGION:');
          return LEFT_OUT[general] === undefined;
        })
        .map((mistake) => `${where} ${mistake}`),
    );
    expect(policies.length).toBeGreaterThan(100);
    expect(mistakes).toEqual([]);
  });

  test('THEN whoever deploys may do all that AWS asks for, and the list of exceptions holds nothing else', () => {
    const types = new Set(templates.flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type)));
    const needed = [
      ...[...types].flatMap((type) => handlerPermissions(schemas, 'eu-central-1', type)),
      ...dependentActions(authorizationReference(schemas), deployer),
    ];
    expect(notAllowed(deployer, needed)).toEqual(Object.values(UNUSED_PERMISSIONS).flat().sort());
  });

  test('THEN no exception is kept that nothing needs any more', () => {
    for (const { rule, message, because } of WRONG) {
      expect(
        found.some((match) => match.rule === rule && message.test(match.message)),
        because,
      ).toBe(true);
    }
  });
}

const schemas = await installedAwsSchemas();
describe.skipIf(schemas === undefined)('GIVEN what AWS publishes WHEN clouds are held against it (CLOUD-1)', () => {
  if (schemas) proofs(schemas);
});
