import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot, readAsset } from '../lib/core/asset.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

const text = readAsset('docs/aws-deployer-policy.json');
const { Statement: statements } = JSON.parse(text) as { Statement: readonly Statement[] };
const listOf = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);
const allowed = statements.filter(({ Effect }) => Effect === 'Allow');

/** IAM's names of services whose modules in Pulumi are called otherwise. */
const SERVICES: Readonly<Record<string, string>> = {
  cloudwatch: 'events',
  efs: 'elasticfilesystem',
  vpc: 'ec2',
};

/** Modules of @pulumi/aws that components import. */
function usedModules(): readonly string[] {
  const folder = join(packageRoot, 'lib/pulumi/aws');
  if (!existsSync(folder)) return [];
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return [
    ...new Set(
      sources.flatMap((source) => [...source.matchAll(/@pulumi\/aws\/(\w+)\//g)].map(([, name]) => name ?? '')),
    ),
  ];
}

describe('docs/aws-deployer-policy.json (CLOUD-1)', () => {
  test('fits a role as an inline policy', () => {
    expect(text.replaceAll(/\s/g, '').length).toBeLessThan(10_240);
  });

  test('names actions of the form service:Action, sorted, each once in a statement', () => {
    for (const { Action } of statements) {
      const actions = listOf(Action);
      expect([...new Set(actions)].sort()).toEqual(actions);
      for (const action of actions) expect(action).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z]*\*?$/);
    }
  });

  test('gives no service as a whole, and roles only by name and to services', () => {
    for (const { Sid, Action, Resource, Condition } of allowed) {
      const iam = listOf(Action).filter((action) => /^iam:(?!Get|List)/.test(action));
      if (iam.length > 0) expect(listOf(Resource), Sid).not.toContain('*');
      if (iam.some((action) => /PassRole|ServiceLinked/.test(action))) expect(Condition, Sid).toBeDefined();
    }
    const [own] = statements.filter(({ Effect }) => Effect === 'Deny');
    expect(own?.Action).toEqual(
      expect.arrayContaining(['iam:AttachRolePolicy', 'iam:PassRole', 'iam:UpdateAssumeRolePolicy']),
    );
  });

  test('CLOUD-1: GIVEN calls that AWS makes in the name of who deploys THEN no condition stands in their way that they do not carry', () => {
    const conditions = (action: string): readonly string[] =>
      allowed
        .filter(({ Action }) => listOf(Action).includes(action))
        .flatMap(({ Condition }) => Object.values(Condition ?? {}).flatMap((keys) => Object.keys(keys)));
    // EKS user guide, "Encrypt Kubernetes secrets": CreateCluster fails under kms:GrantIsForAWSResource.
    expect(conditions('kms:CreateGrant')).toEqual([]);
    // EKS user guide, launch templates: checked at CreateNodegroup, by Auto Scaling, which tells nothing of the template.
    expect(conditions('ec2:RunInstances')).toEqual(['aws:RequestedRegion']);
  });

  test('CLOUD-1: GIVEN a vault that goes with its backups, and a role in a profile that Karpenter left THEN both can be emptied', () => {
    const actions = allowed.flatMap(({ Action }) => listOf(Action));
    // terraform-provider-aws internal/service/backup/vault.go (force_destroy) and iam/role.go (deleteRoleInstanceProfiles).
    expect(actions).toEqual(
      expect.arrayContaining(['backup:DeleteRecoveryPoint', 'iam:RemoveRoleFromInstanceProfile']),
    );
  });

  test.each(usedModules())('has rights for what components make of module %s', (module) => {
    const service = SERVICES[module] ?? module;
    const writes = allowed.flatMap(({ Action }) => listOf(Action)).filter((action) => action.startsWith(`${service}:`));
    expect(writes.length).toBeGreaterThan(0);
  });
});
