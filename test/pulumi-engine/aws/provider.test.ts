import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Inventory } from './inventory.ts';
import { type StandInOptions, standInForAws } from './provider.ts';
import { UNKNOWN_TEXT } from './pulumi-value.ts';

const urnOf = (token: string, name: string): string => `urn:pulumi:prod::atelier::atelier:aws:Cloud$${token}::${name}`;

const CLUSTER = urnOf('aws:eks/cluster:Cluster', 'cluster');
const CLUSTER_INPUTS = { name: 'prod', roleArn: 'arn:aws:iam::111122223333:role/eks', vpcConfig: { subnetIds: ['s'] } };

describe('the stand-in for AWS answers like a cloud (CLOUD-1)', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'atelier-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const provider = (options: Partial<StandInOptions> = {}) =>
    standInForAws({ inventory: join(folder, 'aws'), ...options });

  it('GIVEN a cluster WHEN it is created THEN its outputs have the declared shapes, and the same again next time', async () => {
    const created = await provider().create?.(CLUSTER, CLUSTER_INPUTS);
    expect(created?.id).toBe('prod');
    expect(created?.outs).toMatchObject({
      arn: 'arn:aws:eks:eu-central-1:111122223333:cluster/prod',
      certificateAuthority: { data: expect.any(String) },
      identities: [{ oidcs: [{ issuer: expect.stringMatching(/^https:/) }] }],
      vpcConfig: { subnetIds: ['s'], clusterSecurityGroupId: expect.stringMatching(/^clustersecuritygroup-/) },
    });
    rmSync(join(folder, 'aws'));
    expect(await provider().create?.(CLUSTER, CLUSTER_INPUTS)).toEqual(created);
  });

  it('GIVEN outputs that something depends on WHEN they are stated THEN they are answered', async () => {
    const outputs = {
      'aws:eks/cluster:Cluster': { endpoint: 'https://127.0.0.1:1', 'certificateAuthority.data': 'Y2E=' },
    };
    const created = await provider({ outputs }).create?.(CLUSTER, CLUSTER_INPUTS);
    expect(created?.outs).toMatchObject({ endpoint: 'https://127.0.0.1:1', certificateAuthority: { data: 'Y2E=' } });
  });

  it('GIVEN a cluster WHEN it is previewed THEN nothing is made, and what AWS would add is unknown', () => {
    expect(provider().preview(CLUSTER, CLUSTER_INPUTS)).toMatchObject({
      name: 'prod',
      endpoint: UNKNOWN_TEXT,
      vpcConfig: { subnetIds: ['s'], clusterSecurityGroupId: UNKNOWN_TEXT },
    });
    expect(new Inventory(join(folder, 'aws')).resources()).toEqual([]);
  });

  it('GIVEN a name in use WHEN another resource of the type asks for it THEN it is refused, by a new process too', async () => {
    await provider().create?.(CLUSTER, CLUSTER_INPUTS);
    const second = urnOf('aws:eks/cluster:Cluster', 'second');
    await expect(provider().create?.(second, CLUSTER_INPUTS)).rejects.toThrow('["prod"] already exists');
    await provider().delete?.('prod', CLUSTER, {});
    await provider().create?.(second, CLUSTER_INPUTS);
    expect(new Inventory(join(folder, 'aws')).resources()).toEqual([
      {
        id: 'prod',
        token: 'aws:eks/cluster:Cluster',
        urn: second,
        identity: '["prod"]',
        inputs: CLUSTER_INPUTS,
      },
    ]);
  });

  it('GIVEN what has no name WHEN it is made again THEN there are two; what is put there twice is there once', async () => {
    const vpc = urnOf('aws:ec2/vpc:Vpc', 'network');
    const made = [1, 2].map(() => provider().create?.(vpc, { cidrBlock: '10.0.0.0/16' }));
    const ids = (await Promise.all(made)).map((each) => each?.id);
    expect(new Set(ids).size).toBe(2);
    const tag = urnOf('aws:ec2/tag:Tag', 'tag');
    for (const _ of ids) await provider().create?.(tag, { resourceId: 'sg-1', key: 'a', value: 'b' });
    const tokens = new Inventory(join(folder, 'aws')).resources().map(({ token }) => token);
    expect(tokens).toEqual(['aws:ec2/vpc:Vpc', 'aws:ec2/vpc:Vpc', 'aws:ec2/tag:Tag']);
  });

  it('GIVEN a resource that nobody has in a state WHEN it is imported THEN its inputs are those it was made with', async () => {
    await provider().create?.(CLUSTER, CLUSTER_INPUTS);
    const imported = await provider().read?.('prod', CLUSTER, {});
    expect(imported).toMatchObject({ id: 'prod', inputs: CLUSTER_INPUTS, props: { name: 'prod' } });
  });

  it('GIVEN the order to fail at the second creation WHEN two are made THEN only the first exists', async () => {
    const failing = provider({ failAt: 2 });
    const vpc = urnOf('aws:ec2/vpc:Vpc', 'network');
    await failing.create?.(vpc, { cidrBlock: '10.0.0.0/16' });
    await expect(failing.create?.(CLUSTER, CLUSTER_INPUTS)).rejects.toThrow('told to fail at creation 2');
    expect(new Inventory(join(folder, 'aws')).resources().map(({ urn }) => urn)).toEqual([vpc]);
  });

  it('GIVEN inputs as before or changed WHEN they are compared THEN only a change is one', async () => {
    const stand = provider();
    const created = await stand.create?.(CLUSTER, CLUSTER_INPUTS);
    expect(await stand.diff?.('prod', CLUSTER, created?.outs, CLUSTER_INPUTS)).toEqual({ changes: false });
    const tagged = { ...CLUSTER_INPUTS, tags: { team: 'platform' } };
    expect(await stand.diff?.('prod', CLUSTER, created?.outs, tagged)).toEqual({ changes: true });
  });

  it('GIVEN a function WHEN it is asked THEN arguments are checked, and the answer has the declared shape', async () => {
    const stand = provider();
    const identity = await stand.invoke?.('aws:index/getCallerIdentity:getCallerIdentity', {});
    expect(identity?.outputs).toMatchObject({ accountId: '111122223333', arn: expect.stringMatching(/^arn:aws:/) });
    const wrong = await stand.invoke?.('aws:ssm/getParameter:getParameter', { names: 'x' });
    expect(wrong?.failures?.map(({ property }) => property)).toEqual(['names', 'name']);
  });

  it('GIVEN a resource that is gone WHEN it is read THEN it has no id', async () => {
    const stand = provider();
    const created = await stand.create?.(CLUSTER, CLUSTER_INPUTS);
    expect(await stand.read?.('prod', CLUSTER, created?.outs)).toMatchObject({ id: 'prod', inputs: CLUSTER_INPUTS });
    await stand.delete?.('prod', CLUSTER, {});
    expect(await stand.read?.('prod', CLUSTER, created?.outs)).toEqual({ id: '', props: {} });
  });
});
