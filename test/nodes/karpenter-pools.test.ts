import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Ec2NodeClassSpec } from '../../lib/crds/karpenter.k8s.aws.ts';
import type { KarpenterNodePoolSpec } from '../../lib/crds/karpenter.sh.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { KarpenterPools } from '../../lib/nodes/karpenter-pools.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';
import { samplePools, startupTaints } from './sample-pools.ts';

type PoolInput = EnvironmentInput['nodePools'][number];

function synth(pool: Partial<PoolInput> & Pick<PoolInput, 'capacity'>, overrides: Partial<EnvironmentInput> = {}) {
  const nodePools: PoolInput[] = [{ name: 'one', role: 'dedicated', ...pool }];
  const platform = platformOf(eksInput({ nodePools, sessionProfiles: profiles, ...overrides }));
  const collected = synthesize((scope) => new KarpenterPools(scope, 'pools', { platform }));
  return {
    pool: manifestsOf(collected, 'NodePool').one?.spec as unknown as KarpenterNodePoolSpec,
    nodeClass: manifestsOf(collected, 'EC2NodeClass').one?.spec as unknown as Ec2NodeClassSpec,
    overlays: manifestsOf(collected, 'NodeOverlay'),
  };
}

const profiles: EnvironmentInput['sessionProfiles'] = [
  {
    name: 'small',
    title: 'Small',
    pool: 'one',
    cpu: { request: 1 },
    memory: { request: '1G' },
    images: ['base'],
    offeredTo: 'everyone',
  },
];

const ec2 = (instanceTypes: string[], more: object = {}): PoolInput['capacity'] => ({
  kind: 'ec2',
  instanceTypes,
  max: 3,
  ...more,
});

describe('Karpenter pools', () => {
  test('GIVEN system and other pools WHEN rendered THEN Karpenter gets all but the system pools', () => {
    const platform = platformOf(eksInput({ nodePools: [...samplePools], startupTaints }));
    const collected = synthesize((scope) => new KarpenterPools(scope, 'pools', { platform }));
    const others = samplePools.filter(({ role }) => role !== 'system').map(({ name }) => name);
    expect(Object.keys(manifestsOf(collected, 'NodePool')).sort()).toEqual([...others].sort());
    expect(Object.keys(manifestsOf(collected, 'EC2NodeClass')).sort()).toEqual([...others].sort());
  });

  test('GIVEN cluster-autoscaler WHEN rendered THEN there is nothing for Karpenter', () => {
    const platform = platformOf(eksInput({ autoscaler: { kind: 'cluster-autoscaler' } }));
    expect(synthesize((scope) => new KarpenterPools(scope, 'pools', { platform })).objects).toEqual([]);
  });

  test('NODE-1 GIVEN a dedicated GPU pool WHEN rendered THEN it attracts by label and repels by taint', () => {
    const { template } = synth({ capacity: ec2(['g5.xlarge']) }).pool;
    expect(template.metadata.labels['atelier.dev/node-pool']).toBe('one');
    expect(template.spec.taints).toEqual([
      { key: 'atelier.dev/dedicated', value: 'one', effect: 'NoSchedule' },
      { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' },
    ]);
  });

  test('NODE-4 GIVEN startup taints WHEN rendered THEN they are startupTaints, without empty values', () => {
    const { template } = synth({ capacity: ec2(['m7i.large']) }, { startupTaints }).pool;
    expect(template.spec.startupTaints).toEqual([
      { key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NoExecute' },
      { key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NoExecute' },
    ]);
    expect(JSON.stringify(template.spec.taints)).not.toContain('not-ready');
  });

  test('NODE-7 GIVEN spot, zones and both architectures WHEN rendered THEN the requirements say so', () => {
    const capacity = ec2(['m7i.xlarge', 'm7g.xlarge'], { capacityTypes: ['spot'], zones: ['eu-central-1b'] });
    const values = new Map(
      synth({ capacity, role: 'general' }, {}).pool.template.spec.requirements.map(({ key, values }) => [key, values]),
    );
    expect(Object.fromEntries(values)).toEqual({
      'node.kubernetes.io/instance-type': ['m7i.xlarge', 'm7g.xlarge'],
      'karpenter.sh/capacity-type': ['spot'],
      'topology.kubernetes.io/zone': ['eu-central-1b'],
      'kubernetes.io/arch': ['amd64', 'arm64'],
      'kubernetes.io/os': ['linux'],
    });
  });

  test('NODE-3 NODE-8 GIVEN the defaults WHEN rendered THEN only nodes empty for five minutes go, and none expires', () => {
    const { disruption, template } = synth({ capacity: ec2(['m7i.large']) }).pool;
    expect(disruption).toEqual({
      consolidationPolicy: 'WhenEmpty',
      consolidateAfter: '5m',
      budgets: [{ nodes: '10%' }],
    });
    expect(template.spec.expireAfter).toBe('Never');
    expect(template.spec).not.toHaveProperty('terminationGracePeriod');
  });

  test('NODE-8 GIVEN budgets, expiry and a grace period WHEN rendered THEN Karpenter gets them in its own words', () => {
    const { disruption, template } = synth({
      capacity: ec2(['m7i.large']),
      disruption: {
        idleAfter: '90s',
        consolidate: 'when-empty-or-underutilized',
        expireAfter: '30d',
        terminationGracePeriod: '1h30m',
        budgets: [{ nodes: '0', reasons: ['Drifted'], schedule: '0 6 * * mon-fri', duration: '90s' }],
      },
    }).pool;
    expect(disruption).toEqual({
      consolidationPolicy: 'WhenEmptyOrUnderutilized',
      consolidateAfter: '1m30s',
      // Hours and minutes only: a second more than a minute makes two.
      budgets: [{ nodes: '0', reasons: ['Drifted'], schedule: '0 6 * * mon-fri', duration: '2m' }],
    });
    expect(template.spec).toMatchObject({ expireAfter: '720h', terminationGracePeriod: '1h30m' });
  });

  test('GIVEN types of several sizes WHEN rendered THEN the limits are the most nodes times the largest of them', () => {
    const { limits } = synth({ capacity: ec2(['g5.xlarge', 'g5.12xlarge']) }).pool;
    // Memory as EC2 advertises it: nodes report more than Karpenter planned with.
    expect(limits).toEqual({ nodes: '3', cpu: '144', memory: '576Gi', 'nvidia.com/gpu': '12' });
  });
});

describe('NODE-10 node class', () => {
  test('GIVEN the defaults WHEN rendered THEN pinned AMI, encrypted volume, tokens required, no user data', () => {
    const { nodeClass } = synth({ capacity: ec2(['m7i.large']) });
    expect(nodeClass).toEqual({
      role: 'test-node',
      subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'test' } }],
      securityGroupSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'test' } }],
      amiSelectorTerms: [{ alias: 'al2023@v20260724' }],
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          rootVolume: true,
          ebs: {
            volumeSize: '100Gi',
            volumeType: 'gp3',
            encrypted: true,
            deleteOnTermination: true,
            iops: 3000,
            throughput: 125,
          },
        },
      ],
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpProtocolIPv6: 'disabled',
        httpPutResponseHopLimit: 1,
        httpTokens: 'required',
      },
      tags: { 'atelier.dev/environment': 'test', 'atelier.dev/made-by': 'atelier', 'atelier.dev/node-pool': 'one' },
    });
  });

  test('GIVEN fast image pull WHEN rendered THEN the user data is a NodeConfig with the feature gate', () => {
    const { userData = '' } = synth({ capacity: ec2(['m7i.large'], { image: { fastImagePull: true } }) }).nodeClass;
    expect(parse(userData)).toEqual({
      apiVersion: 'node.eks.aws/v1alpha1',
      kind: 'NodeConfig',
      spec: { featureGates: { FastImagePull: true } },
    });
  });

  test('GIVEN a custom AMI and a snapshot WHEN rendered THEN id with family, and the volume starts from the snapshot', () => {
    const capacity = ec2(['m7i.large'], {
      image: { amiId: 'ami-0123456789abcdef0' },
      rootVolume: { size: '200Gi', iops: 6000, throughput: 500, snapshotId: 'snap-0123456789abcdef0' },
    });
    const { nodeClass } = synth({ capacity });
    expect(nodeClass).toMatchObject({ amiSelectorTerms: [{ id: 'ami-0123456789abcdef0' }], amiFamily: 'AL2023' });
    expect(nodeClass.blockDeviceMappings[0]?.ebs).toMatchObject({
      volumeSize: '200Gi',
      iops: 6000,
      throughput: 500,
      snapshotID: 'snap-0123456789abcdef0',
    });
  });

  test('GIVEN Bottlerocket WHEN rendered THEN the size is that of its second volume, where pods and images lie', () => {
    const image = { family: 'bottlerocket', version: 'v1.50.0' };
    const { nodeClass } = synth({ capacity: ec2(['m7i.large'], { image, rootVolume: { size: '80Gi' } }) });
    expect(nodeClass.amiSelectorTerms).toEqual([{ alias: 'bottlerocket@v1.50.0' }]);
    expect(
      nodeClass.blockDeviceMappings.map(({ deviceName, rootVolume, ebs }) => [deviceName, rootVolume, ebs.volumeSize]),
    ).toEqual([
      ['/dev/xvda', undefined, '4Gi'],
      ['/dev/xvdb', true, '80Gi'],
    ]);
  });

  test('NODE-5 GIVEN a cap on pods WHEN rendered THEN memory is reserved for the cap and no more', () => {
    const { nodeClass } = synth({ capacity: ec2(['m7i.4xlarge'], { maxPods: 110 }) });
    expect(nodeClass.kubelet).toEqual({ maxPods: 110, kubeReserved: { memory: '1465Mi' } });
  });
});
