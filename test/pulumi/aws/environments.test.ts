import { beforeAll, describe, expect, test } from 'vitest';
import type { Bundle } from '../../../lib/bundle/bundle.ts';
import { asJsonObject, type JsonObject } from '../../../lib/core/json.ts';
import { lateValuesIn } from '../../../lib/core/late-value.ts';
import { listEnvironments } from '../../../lib/loader/find.ts';
import { loadEnvironment } from '../../../lib/loader/load.ts';
import type { Cloud } from '../../../lib/model/cloud.ts';
import { cloudOf } from '../../../lib/model/cluster.ts';
import { planned } from '../../../lib/pulumi/aws/planned.ts';
import { synthesize } from '../../../stacks/synth.ts';
import { secondCreation } from '../../pulumi-engine/aws/second-creation.ts';
import { type MockedCloud, mockedCloud, resourcesOf } from './mocked-cloud.ts';

async function bundleOf(name: string): Promise<Bundle> {
  const synthesis = synthesize((await loadEnvironment(name)).input);
  if (synthesis.kind !== 'accepted') throw new Error(`${name} is ${synthesis.kind}`);
  return synthesis.bundle;
}

const bundles = await Promise.all(listEnvironments().map(({ name }) => bundleOf(name)));
const clouds = bundles.flatMap((bundle): readonly (readonly [string, Bundle, Cloud])[] => {
  const cloud = cloudOf(bundle.platform.environment);
  return cloud ? [[bundle.environment, bundle, cloud]] : [];
});

/** Types whose deletion loses what nobody can make again. */
const HOLD_DATA = [
  'aws:eks/cluster:Cluster',
  'aws:efs/fileSystem:FileSystem',
  'aws:rds/instance:Instance',
  'aws:ecr/repository:Repository',
  'aws:kms/key:Key',
  'aws:backup/vault:Vault',
];

describe.each(clouds)('the cloud of %s (CLOUD-1)', (name, bundle, cloud) => {
  let made: MockedCloud;
  beforeAll(async () => {
    made = await mockedCloud(bundle);
  });

  test('THEN every resource has the name it was reviewed with: another name is another resource', async () => {
    const list = made.resources.map(({ type, name: logical }) => `${type} ${logical}\n`).join('');
    await expect(list).toMatchFileSnapshot(`resources/${name}.txt`);
    expect(new Set(list.split('\n')).size).toBe(made.resources.length + 1);
  });

  test('THEN everything is made in the account of the environment, with its tags', () => {
    const [provider, ...others] = resourcesOf(made, 'pulumi:providers:aws');
    expect(others).toEqual([]);
    const { region, accountId } = bundle.platform.environment.cluster as { region: string; accountId: string };
    // Providers take their inputs as texts.
    expect(provider?.inputs).toMatchObject({
      region,
      allowedAccountIds: JSON.stringify([accountId]),
      defaultTags: JSON.stringify({
        tags: { ...cloud.tags, 'atelier.dev/environment': name, 'atelier.dev/made-by': 'atelier' },
      }),
    });
    const elsewhere = made.resources.filter(
      ({ type, provider: used }) => type.startsWith('aws:') && !used?.includes('::pulumi:providers:aws::ds::'),
    );
    expect(elsewhere).toEqual([]);
    for (const { inputs } of resourcesOf(made, 'aws:ec2/launchTemplate:LaunchTemplate')) {
      for (const { tags } of inputs.tagSpecifications) expect(tags).toMatchObject({ 'atelier.dev/environment': name });
    }
  });

  test('THEN what AWS would make a second time after an interrupted up has a name of its own to be found by', () => {
    const ours = made.resources.filter(({ type }) => type.startsWith('aws:'));
    const doubled = ours.filter(({ type, inputs }) => secondCreation(type, inputs).kind === 'doubled');
    const names = doubled.map(({ type, inputs }) => `${type} ${inputs.tags?.Name ?? inputs.name}`);
    expect(names.filter((each) => each.endsWith('undefined'))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('THEN no output was printed into a text, and nothing is left out by accident', () => {
    const texts = JSON.stringify(made.resources.map(({ inputs }) => inputs));
    expect(texts).not.toMatch(/Calling \[(toString|toJSON)\] on an \[Output|\[object Object\]|undefined/);
    expect(texts).not.toContain('<late:');
  });

  test('THEN the policies are those of the plan, statement for statement', () => {
    const plannedPolicies = planned(bundle, 'eks-pod-identity').flatMap(({ spec }) => spec.policies);
    const policies = resourcesOf(made, 'aws:iam/policy:Policy').map(({ inputs }) => ({
      name: inputs.name,
      statements: JSON.parse(inputs.policy).Statement,
    }));
    const byName = (list: readonly { readonly name: string }[]) =>
      [...list].sort((a, b) => (a.name < b.name ? -1 : 1)) as readonly unknown[];
    expect(byName(policies)).toEqual(byName(plannedPolicies));
    for (const { inputs } of resourcesOf(made, 'aws:iam/role:Role')) expect(inputs.name.length).toBeLessThanOrEqual(64);
  });

  test('THEN every identity of the plan is given to its ServiceAccount by Pod Identity', () => {
    const associations = resourcesOf(made, 'aws:eks/podIdentityAssociation:PodIdentityAssociation');
    expect(associations.map(({ inputs }) => `${inputs.namespace}/${inputs.serviceAccount}`).sort()).toEqual(
      planned(bundle, 'eks-pod-identity')
        .map(({ spec }) => `${spec.namespace}/${spec.serviceAccount}`)
        .sort(),
    );
    const trust = resourcesOf(made, 'aws:iam/role:Role').map(({ inputs }) => JSON.parse(inputs.assumeRolePolicy));
    const pods = trust.filter(({ Statement: [{ Principal }] }) => Principal.Service === 'pods.eks.amazonaws.com');
    expect(pods).toHaveLength(associations.length);
    for (const { Statement } of pods) expect(Statement[0].Action).toEqual(['sts:AssumeRole', 'sts:TagSession']);
  });

  test(`THEN what holds data ${cloud.deletion === 'protected' ? 'is protected' : 'may go'}`, () => {
    const isProtected = cloud.deletion === 'protected';
    const holders = made.resources.filter(({ type }) => HOLD_DATA.includes(type));
    expect(holders.length).toBeGreaterThan(0);
    for (const { type, name: logical, options } of holders) {
      expect(options.protect ?? false, `${type} ${logical}`).toBe(isProtected);
    }
    for (const { inputs } of resourcesOf(made, 'aws:eks/cluster:Cluster'))
      expect(inputs.deletionProtection).toBe(isProtected);
    for (const { inputs } of resourcesOf(made, 'aws:rds/instance:Instance')) {
      expect(inputs.deletionProtection).toBe(isProtected);
      expect(inputs.skipFinalSnapshot ?? false).toBe(!isProtected);
    }
  });

  test('THEN it gives every late value that objects and releases wait for', () => {
    const waiting = lateValuesIn([
      ...bundle.objects.map(({ manifest }) => manifest),
      ...bundle.releases.map(({ values }) => values),
    ]);
    expect(Object.keys(made.lateValues)).toEqual(expect.arrayContaining([...waiting]));
    expect(lateValuesIn(asJsonObject(bundle.cloud) as JsonObject)).toEqual([]);
  });

  test('THEN the sizes of node groups belong to whoever scales, from the first node on', () => {
    for (const { name: logical, options } of resourcesOf(made, 'aws:eks/nodeGroup:NodeGroup')) {
      expect(options.ignoreChanges, logical).toEqual(['scalingConfig.desiredSize']);
    }
  });

  test('THEN the kubeconfig asks AWS for a token and is a secret', () => {
    expect(made.kubeconfigIsSecret).toBe(true);
    const { clusters, users } = JSON.parse(made.kubeconfig);
    expect(clusters[0].cluster).toEqual({ server: 'https://ds.example.org', 'certificate-authority-data': 'Q0E=' });
    expect(users[0].user.exec).toMatchObject({ command: 'aws', interactiveMode: 'Never' });
    expect(users[0].user.exec.args).toContain(bundle.platform.environment.cluster.name);
  });
});

test('GIVEN an environment without a cloud WHEN its plan is asked for THEN there is no network, cluster or store in it', () => {
  const without = bundles.filter((bundle) => !clouds.some(([name]) => name === bundle.environment));
  expect(without.length).toBeGreaterThan(0);
  for (const { cloud } of without) expect(cloud.map(({ kind }) => kind)).not.toContain('eks-cluster');
});
