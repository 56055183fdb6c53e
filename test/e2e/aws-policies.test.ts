import { beforeAll, describe, expect, test } from 'vitest';
import { readAsset } from '../../lib/core/asset.ts';
import { type AwsSchemas, installedAwsSchemas } from '../aws-schemas/aws-schemas.ts';
import { handlerPermissions } from '../aws-schemas/resource-schemas.ts';
import { cloudTemplates, environmentClouds, variantClouds } from '../cloudformation/clouds.ts';
import type { CloudTemplate } from '../cloudformation/template.ts';
import { dependentActions, notAllowed, notAllowedOn } from '../iam/allowed.ts';
import { authorizationReference } from '../iam/authorization-reference.ts';
import type { PolicyDocument } from '../iam/policy-document.ts';
import { policyMistakes } from '../iam/policy-mistakes.ts';
import { resourceArn } from '../iam/resource-arns.ts';
import { UNUSED_PERMISSIONS } from '../iam/unused-permissions.ts';

/** What the reference leaves out: what is said of a statement, without region and partition, and why it is right. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'AllowScopedEC2InstanceActionsWithTags: no action is about arn:PARTITION:ec2:REGION:*:spot-instances-request/*':
    "RunInstances makes one for a spot instance: Karpenter's own policy has it (test/fixtures/karpenter-policies.json).",
};

const general = (mistake: string): string =>
  mistake.replace(/arn:aws[a-z-]*:ec2:[a-z0-9-]+:/, 'arn:PARTITION:ec2:REGION:');

/** Policies in a template, by where they stand. */
function policiesOf({ name, resources }: CloudTemplate): readonly (readonly [string, PolicyDocument])[] {
  return Object.entries(resources).flatMap(([id, { Properties }]) =>
    ['AssumeRolePolicyDocument', 'FileSystemPolicy', 'PolicyDocument'].flatMap((property) => {
      const policy = Properties[property];
      return policy === undefined ? [] : [[`${name} ${id}`, policy as unknown as PolicyDocument] as const];
    }),
  );
}

const deployer: PolicyDocument = JSON.parse(readAsset('docs/aws-deployer-policy.json'));
const unused = Object.values(UNUSED_PERMISSIONS).flat();
const environments = await environmentClouds();

function proofs(schemas: AwsSchemas): void {
  const reference = authorizationReference(schemas);
  let templates: readonly CloudTemplate[] = [];
  beforeAll(async () => {
    templates = await cloudTemplates([...environments, ...variantClouds()]);
  });

  test('THEN they name actions, resources and condition keys that exist and belong together', () => {
    const policies = [...templates.flatMap(policiesOf), ['deployer', deployer] as const];
    const mistakes = policies.flatMap(([where, policy]) =>
      policyMistakes(reference, policy).map((mistake) => [general(mistake), `${where} ${mistake}`] as const),
    );
    expect(policies.length).toBeGreaterThan(100);
    expect(mistakes.filter(([mistake]) => LEFT_OUT[mistake] === undefined)).toEqual([]);
    expect(new Set(mistakes.map(([mistake]) => mistake))).toEqual(new Set(Object.keys(LEFT_OUT)));
  });

  test('THEN whoever deploys may do all that AWS asks for, and the list of exceptions holds nothing else', () => {
    const types = new Set(templates.flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type)));
    const needed = [...types].flatMap((type) => handlerPermissions(schemas, 'eu-central-1', type));
    const together = [...needed, ...dependentActions(reference, deployer)];
    expect(notAllowed(deployer, together)).toEqual([...unused].sort());
  });

  test.each(environments.map(({ environment }) => environment))(
    'THEN whoever deploys %s may do so with all that it names',
    (environment) => {
      const named = templates
        .filter(({ name }) => name === environment)
        .flatMap(({ cluster, resources }) =>
          Object.values(resources).flatMap((resource) => {
            const place = { region: cluster.region, account: cluster.accountId, cluster: cluster.name };
            const arn = resourceArn(reference, place, resource);
            return arn === undefined ? [] : [{ ...arn, type: resource.Type, region: cluster.region }];
          }),
        );
      expect(named.length).toBeGreaterThan(20);
      const refused = named.flatMap(({ type, region, ...resource }) => {
        const needed = handlerPermissions(schemas, region, type).filter((action) => !unused.includes(action));
        return notAllowedOn(reference, deployer, needed, resource).map((action) => `${action} ${resource.arn}`);
      });
      expect(refused).toEqual([]);
    },
  );
}

const schemas = await installedAwsSchemas();
describe.skipIf(schemas === undefined)(
  "GIVEN AWS's reference of rights WHEN policies are held against it (CLOUD-1)",
  () => {
    if (schemas) proofs(schemas);
  },
);
