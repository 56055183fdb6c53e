import { describe, expect, it } from 'vitest';
import { plainValue } from './pulumi-value.ts';
import { typesOf } from './type-declarations.ts';
import { propertyFailures } from './type-failures.ts';

function failures(token: string, values: Readonly<Record<string, unknown>>): readonly string[] {
  const plain = plainValue(values) as Readonly<Record<string, unknown>>;
  return propertyFailures(plain, typesOf(token).inputs).map(({ property, reason }) => `${property} ${reason}`);
}

const CLUSTER = { roleArn: 'arn:aws:iam::111122223333:role/eks', vpcConfig: { subnetIds: ['subnet-1'] } };

describe('the stand-in for AWS refuses what @pulumi/aws does not declare (CLOUD-1)', () => {
  it('GIVEN complete inputs WHEN they are checked THEN nothing is said', () => {
    expect(failures('aws:eks/cluster:Cluster', { ...CLUSTER, tags: { team: 'platform' } })).toEqual([]);
  });

  it('GIVEN a misspelt property, on top and inside WHEN they are checked THEN both are named', () => {
    const inputs = { ...CLUSTER, tag: {}, accessConfig: { authenticationModes: 'API' } };
    expect(failures('aws:eks/cluster:Cluster', inputs)).toEqual([
      'tag is no property that @pulumi/aws declares here',
      'accessConfig.authenticationModes is no property that @pulumi/aws declares here',
    ]);
  });

  it('GIVEN a required property left out WHEN it is checked THEN it is asked for', () => {
    expect(failures('aws:eks/cluster:Cluster', { vpcConfig: CLUSTER.vpcConfig })).toEqual(['roleArn is required']);
  });

  it('GIVEN values of other types WHEN they are checked THEN each says what it should be', () => {
    const inputs = { ...CLUSTER, deletionProtection: 'yes', enabledClusterLogTypes: 'api', tags: { team: 3 } };
    expect(failures('aws:eks/cluster:Cluster', inputs)).toEqual([
      'deletionProtection is "yes", and should be a boolean',
      'enabledClusterLogTypes is "api", and should be a list',
      'tags["team"] is 3, and should be a string',
    ]);
  });

  it('GIVEN secrets and values not known yet WHEN they are checked THEN the first are looked into, the second pass', () => {
    const secret = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', value: 5 };
    const later = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
    expect(failures('aws:eks/cluster:Cluster', { ...CLUSTER, roleArn: later, name: secret })).toEqual([
      'name is 5, and should be a string',
    ]);
  });

  it('GIVEN a property of two types WHEN either is used THEN both pass, and a third does not', () => {
    const token = 'aws:iam/rolePolicy:RolePolicy';
    expect(failures(token, { role: 'a', policy: '{}' })).toEqual([]);
    expect(failures(token, { role: 'a', policy: { Version: '2012-10-17', Statement: [] } })).toEqual([]);
    expect(failures(token, { role: 'a', policy: 7 })).toHaveLength(1);
  });

  it('GIVEN a token that does not exist WHEN it is looked up THEN it is refused', () => {
    expect(() => typesOf('aws:eks/clusters:Clusters')).toThrow('has no "aws:eks/clusters:Clusters"');
    expect(() => typesOf('aws:eks/cluster:Clusters')).toThrow('has no "aws:eks/cluster:Clusters"');
  });
});
