import { describe, expect, test } from 'vitest';
import { MAX_GROUP_TAGS } from '../../lib/catalog/labels.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { ManagedNodeGroups } from '../../lib/nodes/managed-node-groups.ts';
import { templateTags } from '../../lib/nodes/template-tags.ts';
import { eksInput, platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';
import { samplePools, startupTaints } from './sample-pools.ts';

const PREFIX = 'k8s.io/cluster-autoscaler/node-template';

function groupsOf(overrides: Partial<EnvironmentInput>) {
  const platform = platformOf(eksInput({ nodePools: [...samplePools], startupTaints, ...overrides }));
  const { cloud } = synthesize((scope) => new ManagedNodeGroups(scope, 'groups', { platform }));
  return { platform, cloud, named: Object.fromEntries(cloud.map(({ name, spec }) => [name, spec])) };
}

const autoscaled = groupsOf({ autoscaler: { kind: 'cluster-autoscaler' } });

describe('NODE-2 managed node groups', () => {
  test('GIVEN cluster-autoscaler WHEN rendered THEN each pool has a group per zone that has a node', () => {
    expect(Object.keys(autoscaled.named).filter((name) => name.startsWith('licensed'))).toEqual([
      'licensed-eu-central-1a',
      'licensed-eu-central-1b',
    ]);
    expect(Object.keys(autoscaled.named).filter((name) => name.startsWith('mig'))).toEqual(['mig-eu-central-1b']);
    for (const { kind, spec } of autoscaled.cloud) {
      expect(kind).toBe('eks-managed-node-group');
      expect(spec.zones).toHaveLength(1);
    }
  });

  test('GIVEN Karpenter WHEN rendered THEN only the system pool is a group, over all zones and without tags', () => {
    const { cloud } = groupsOf({});
    expect(cloud.map(({ name }) => name)).toEqual(['system']);
    expect(cloud[0]?.spec).toMatchObject({
      zones: ['eu-central-1a', 'eu-central-1b'],
      scaling: { min: 2, max: 4, desired: 2 },
    });
    expect(cloud[0]?.spec).not.toHaveProperty('autoscalingTags');
  });

  test('NODE-4 GIVEN startup taints WHEN rendered THEN nodes join with them, in the spelling of EKS', () => {
    expect(autoscaled.named['licensed-eu-central-1a']?.taints).toEqual([
      { key: 'atelier.dev/dedicated', value: 'licensed', effect: 'NO_SCHEDULE' },
      { key: 'example.com/licensed', value: '', effect: 'NO_EXECUTE' },
      { key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NO_EXECUTE' },
      { key: 'ebs.csi.aws.com/agent-not-ready', value: '', effect: 'NO_EXECUTE' },
    ]);
  });

  test('NODE-7 GIVEN a spot pool WHEN rendered THEN its groups are SPOT, the others ON_DEMAND', () => {
    const spot = autoscaled.cloud.filter(({ spec }) => spec.capacityType === 'SPOT').map(({ spec }) => spec.pool);
    expect(new Set(spot)).toEqual(new Set(['licensed']));
  });

  test('NODE-10 GIVEN GPUs, Graviton and a custom AMI WHEN rendered THEN the AMI type fits', () => {
    expect(autoscaled.named['gpu-eu-central-1a']?.image).toMatchObject({ amiType: 'AL2023_x86_64_NVIDIA' });
    expect(autoscaled.named['cpu-eu-central-1a']?.image).toMatchObject({ amiType: 'AL2023_ARM_64_STANDARD' });
    const nodePools: EnvironmentInput['nodePools'] = [
      {
        name: 'cpu',
        role: 'general',
        capacity: { kind: 'ec2', instanceTypes: ['m7i.large'], max: 2, image: { amiId: 'ami-0123456789abcdef0' } },
      },
    ];
    const sessionProfiles = eksInput().sessionProfiles.slice(0, 1);
    const custom = groupsOf({ nodePools, sessionProfiles, autoscaler: { kind: 'cluster-autoscaler' } });
    const spec = custom.named['cpu-eu-central-1a'];
    expect(spec?.image).toMatchObject({ amiType: 'CUSTOM', amiId: 'ami-0123456789abcdef0' });
    // EKS tells such a node nothing: labels and taints come with the user data.
    expect(spec?.bootstrap).toMatchObject({
      nodeConfig: {
        spec: {
          kubelet: {
            config: { registerWithTaints: [{ key: 'node.cilium.io/agent-not-ready' }, { effect: 'NoExecute' }] },
            flags: ['--node-labels=atelier.dev/node-pool=cpu'],
          },
        },
      },
    });
  });

  test('NODE-5 GIVEN a cap on pods WHEN rendered THEN all three reservations are stated beside it', () => {
    expect(autoscaled.named['gpu-eu-central-1a']?.bootstrap).toMatchObject({
      nodeConfig: {
        spec: {
          kubelet: {
            config: {
              maxPods: 110,
              kubeReserved: { cpu: '190m', memory: '1465Mi', 'ephemeral-storage': '1Gi' },
            },
          },
        },
      },
    });
  });
});

describe('NODE-2 tags of an Auto Scaling group', () => {
  test('GIVEN a GPU pool WHEN rendered THEN the tags are complete', () => {
    const { platform } = autoscaled;
    const pool = platform.pools.find(({ name }) => name === 'gpu');
    if (!pool) throw new Error('no pool');
    expect(templateTags(platform, pool, 'eu-central-1a')).toEqual({
      'k8s.io/cluster-autoscaler/enabled': 'true',
      'k8s.io/cluster-autoscaler/test': 'owned',
      [`${PREFIX}/autoscaling-options/ignoredaemonsetsutilization`]: 'true',
      [`${PREFIX}/autoscaling-options/scaledowngpuutilizationthreshold`]: '0',
      [`${PREFIX}/autoscaling-options/scaledownunneededtime`]: '5m',
      [`${PREFIX}/autoscaling-options/scaledownutilizationthreshold`]: '0',
      [`${PREFIX}/label/atelier.dev/node-pool`]: 'gpu',
      [`${PREFIX}/label/eks.amazonaws.com/capacityType`]: 'ON_DEMAND',
      [`${PREFIX}/label/k8s.amazonaws.com/accelerator`]: 'nvidia-a10g',
      [`${PREFIX}/label/nvidia.com/gpu.present`]: 'true',
      [`${PREFIX}/label/topology.kubernetes.io/zone`]: 'eu-central-1a',
      [`${PREFIX}/resources/cpu`]: '47810m',
      [`${PREFIX}/resources/ephemeral-storage`]: '269Gi',
      [`${PREFIX}/resources/memory`]: '180297Mi',
      [`${PREFIX}/resources/nvidia.com/gpu`]: '4',
      [`${PREFIX}/resources/pods`]: '110',
      [`${PREFIX}/taint/atelier.dev/dedicated`]: 'gpu:NoSchedule',
      [`${PREFIX}/taint/nvidia.com/gpu`]: 'present:NoSchedule',
    });
  });

  test('NODE-10 GIVEN devices without the plain name WHEN rendered THEN no node counts as one of unready GPUs', () => {
    for (const { spec } of autoscaled.cloud.filter(({ spec }) => spec.pool === 'mig' || spec.pool === 'shared')) {
      expect(spec.labels).not.toHaveProperty(['k8s.amazonaws.com/accelerator']);
      expect(spec.autoscalingTags).toHaveProperty([`${PREFIX}/resources/nvidia.com/gpu`], '0');
    }
    for (const name of ['gpu-eu-central-1a', 'sliced-eu-central-1a', 'part-eu-central-1a']) {
      expect(autoscaled.named[name]?.labels).toHaveProperty(['k8s.amazonaws.com/accelerator']);
    }
  });

  test('GIVEN when-empty-or-underutilized WHEN rendered THEN the thresholds of the autoscaler stay', () => {
    const nodePools: EnvironmentInput['nodePools'] = [
      {
        name: 'cpu',
        role: 'general',
        capacity: { kind: 'ec2', instanceTypes: ['m7i.large'], max: 1 },
        disruption: { idleAfter: '2m', consolidate: 'when-empty-or-underutilized' },
      },
    ];
    const sessionProfiles = eksInput().sessionProfiles.slice(0, 1);
    const { named } = groupsOf({ nodePools, sessionProfiles, autoscaler: { kind: 'cluster-autoscaler' } });
    const tags = Object.entries(named['cpu-eu-central-1a']?.autoscalingTags ?? {});
    expect(tags.filter(([key]) => key.includes('autoscaling-options'))).toEqual([
      [`${PREFIX}/autoscaling-options/scaledownunneededtime`, '2m'],
    ]);
  });

  test('GIVEN every sample pool WHEN rendered THEN names, keys and values are what AWS takes', () => {
    for (const { name, spec } of autoscaled.cloud) {
      expect(name.length).toBeLessThanOrEqual(63);
      const tags = Object.entries(spec.autoscalingTags as Record<string, string>);
      expect(tags.length).toBeLessThanOrEqual(MAX_GROUP_TAGS);
      for (const [key, value] of tags) {
        expect(key.length).toBeLessThanOrEqual(128);
        expect(value).toMatch(/^[\w+\-=.:/@ ]{0,256}$/);
      }
    }
  });
});
