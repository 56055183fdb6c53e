import { describe, expect, test } from 'vitest';
import {
  controlPlaneSchedulerConfiguration,
  secondSchedulerConfiguration,
} from '../../lib/scheduler/scheduler-configuration.ts';

const DEVICES = ['nvidia.com/gpu', 'nvidia.com/mig-1g.5gb'];
const second = secondSchedulerConfiguration(DEVICES, 'there');

describe('NODE-6: the profile that packs', () => {
  test('GIVEN devices of the platform THEN the fullest node by CPU, memory and each of them wins', () => {
    expect(second).toMatchObject({
      apiVersion: 'kubescheduler.config.k8s.io/v1',
      kind: 'KubeSchedulerConfiguration',
      profiles: [
        {
          schedulerName: 'atelier-packing',
          pluginConfig: [
            {
              name: 'NodeResourcesFit',
              args: {
                scoringStrategy: {
                  type: 'MostAllocated',
                  resources: [
                    { name: 'cpu', weight: 1 },
                    { name: 'memory', weight: 1 },
                    { name: 'nvidia.com/gpu', weight: 3 },
                    { name: 'nvidia.com/mig-1g.5gb', weight: 3 },
                  ],
                },
              },
            },
            { name: 'PodTopologySpread', args: { defaultingType: 'List', defaultConstraints: [] } },
          ],
          plugins: {
            multiPoint: { enabled: [{ name: 'NodeResourcesFit', weight: 10 }] },
            score: { disabled: [{ name: 'NodeResourcesBalancedAllocation' }] },
          },
        },
      ],
    });
  });

  test('GIVEN a second scheduler THEN it leads by a lease of its own, and serves no pod of the first', () => {
    expect(second).toMatchObject({
      leaderElection: { leaderElect: true, resourceName: 'atelier-packing', resourceNamespace: 'there' },
    });
    expect(second.profiles).toHaveLength(1);
  });

  test('GIVEN the scheduler of the cluster THEN its own profile stays as it is, and packing is the same', () => {
    const configuration = controlPlaneSchedulerConfiguration(DEVICES);
    const [packing] = second.profiles as object[];
    expect(configuration).toMatchObject({ clientConnection: { kubeconfig: '/etc/kubernetes/scheduler.conf' } });
    expect(configuration.profiles).toEqual([{ schedulerName: 'default-scheduler' }, packing]);
  });
});
