import { describe, expect, test } from 'vitest';
import { PLATFORM_DAEMON_SETS } from '../../lib/catalog/daemon-sets.ts';
import { NODE_TERMINATION_TAINTS } from '../../lib/catalog/taints.ts';
import { parseBytes, parseMillicpu } from '../../lib/core/quantity.ts';
import { unknownValuePaths } from '../../lib/helm/values-paths.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { ClusterAutoscaler } from '../../lib/nodes/cluster-autoscaler.ts';
import type { ClusterAutoscalerValues } from '../../lib/nodes/cluster-autoscaler-values.ts';
import { KarpenterController } from '../../lib/nodes/karpenter-controller.ts';
import { KarpenterCrds } from '../../lib/nodes/karpenter-crds.ts';
import type { KarpenterValues } from '../../lib/nodes/karpenter-values.ts';
import type { NodeTerminationHandlerValues } from '../../lib/nodes/node-termination-handler-values.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';
import { samplePools, startupTaints } from './sample-pools.ts';

function releases(input: EnvironmentInput) {
  const platform = platformOf(input);
  return synthesize((scope) => {
    new KarpenterCrds(scope, 'crds', { platform });
    new KarpenterController(scope, 'karpenter', { platform });
    new ClusterAutoscaler(scope, 'autoscaler', { platform });
  }).releases;
}

function valuesOf<T>(name: string, input: EnvironmentInput): T {
  const release = releases(input).find((each) => each.name === name);
  if (!release) throw new Error(`no release ${name}`);
  expect(unknownValuePaths(release.chart.name, release.values)).toEqual([]);
  return release.values as unknown as T;
}

const clusterAutoscaler = (more: object = {}): Partial<EnvironmentInput> => ({
  autoscaler: { kind: 'cluster-autoscaler', ...more },
});

describe('one autoscaler', () => {
  test.each([
    ['karpenter', eksInput(), ['karpenter-crd', 'karpenter']],
    ['cluster-autoscaler', eksInput(clusterAutoscaler()), ['cluster-autoscaler', 'aws-node-termination-handler']],
    ['none', onPremisesInput(), []],
  ])('GIVEN %s WHEN rendered THEN its releases and no others, in kube-system', (_, input, names) => {
    const found = releases(input);
    expect(found.map(({ name }) => name)).toEqual(names);
    for (const { namespace } of found) expect(namespace).toBe('kube-system');
  });
});

describe('Karpenter controller', () => {
  test('GIVEN the defaults WHEN rendered THEN it runs on the system pool and listens to the queue of the cluster', () => {
    expect(valuesOf<KarpenterValues>('karpenter', eksInput())).toEqual({
      replicas: 2,
      serviceAccount: { name: 'karpenter' },
      settings: {
        clusterName: 'test',
        interruptionQueue: 'test',
        batchIdleDuration: '1s',
        batchMaxDuration: '10s',
        featureGates: { nodeOverlay: false },
      },
      controller: { resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } } },
      nodeSelector: { 'atelier.dev/node-pool': 'system' },
      tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists', effect: 'NoSchedule' }],
    });
  });

  test('GPU-3 GIVEN a pool that shares GPUs WHEN rendered THEN NodeOverlay is on', () => {
    const { settings } = valuesOf<KarpenterValues>('karpenter', eksInput({ nodePools: [...samplePools] }));
    expect(settings.featureGates.nodeOverlay).toBe(true);
  });

  test('GIVEN a queue and batch times WHEN rendered THEN they are passed on', () => {
    const autoscaler = { kind: 'karpenter', interruptionQueue: 'events', replicas: 1, batchIdle: '3s', batchMax: '1m' };
    const { replicas, settings } = valuesOf<KarpenterValues>(
      'karpenter',
      eksInput({ autoscaler: autoscaler as EnvironmentInput['autoscaler'] }),
    );
    expect(replicas).toBe(1);
    expect(settings).toMatchObject({
      interruptionQueue: 'events',
      batchIdleDuration: '3s',
      batchMaxDuration: '1m',
    });
  });
});

describe('cluster-autoscaler', () => {
  test('NODE-3 GIVEN the defaults WHEN rendered THEN unneeded time of the pools, no delay after add', () => {
    const values = valuesOf<ClusterAutoscalerValues>('cluster-autoscaler', eksInput(clusterAutoscaler()));
    expect(values.extraArgs).toEqual({
      expander: 'least-waste',
      'scan-interval': '10s',
      'scale-down-unneeded-time': '5m',
      'scale-down-delay-after-add': '0s',
      'balance-similar-node-groups': true,
      'skip-nodes-with-local-storage': false,
      'skip-nodes-with-system-pods': false,
    });
    expect(values).toMatchObject({
      image: { tag: 'v1.36.1' },
      awsRegion: 'eu-central-1',
      autoDiscovery: { clusterName: 'test' },
      rbac: { serviceAccount: { name: 'cluster-autoscaler' } },
    });
    expect(values).not.toHaveProperty('expanderPriorities');
  });

  test('GIVEN another Kubernetes WHEN rendered THEN the image has its minor version', () => {
    const input = eksInput({ ...clusterAutoscaler(), kubernetesVersion: '1.35' });
    expect(valuesOf<ClusterAutoscalerValues>('cluster-autoscaler', input).image.tag).toBe('v1.35.0');
  });

  test('NODE-4 GIVEN startup and status taints WHEN rendered THEN each is a flag once, node termination included', () => {
    const input = eksInput({
      ...clusterAutoscaler(),
      startupTaints,
      statusTaints: [
        { key: 'example.com/maintenance', effect: 'NoSchedule' },
        { key: 'example.com/maintenance', effect: 'NoExecute' },
      ],
    });
    expect(valuesOf<ClusterAutoscalerValues>('cluster-autoscaler', input).customArgs).toEqual([
      '--startup-taint=node.cilium.io/agent-not-ready',
      '--startup-taint=ebs.csi.aws.com/agent-not-ready',
      ...NODE_TERMINATION_TAINTS.map((key) => `--status-taint=${key}`),
      '--status-taint=example.com/maintenance',
    ]);
  });

  test('GIVEN the priority expander WHEN rendered THEN each pool has its number and patterns of exactly its groups', () => {
    const values = valuesOf<ClusterAutoscalerValues>(
      'cluster-autoscaler',
      eksInput(clusterAutoscaler({ expander: 'priority' })),
    );
    const priorities = values.expanderPriorities ?? {};
    expect(Object.keys(priorities)).toEqual(['10', '20', '30']);
    expect(priorities['30']?.[0]).toMatch(/system/);
    const [pattern = ''] = priorities['10'] ?? [];
    const uuid = '5ec4f9a2-0b7e-1f33-9c1d-2a4b6c8d0e1f';
    expect(`eks-gpu-eu-central-1a-${uuid}`).toMatch(new RegExp(pattern));
    expect(`eks-gpu-large-eu-central-1a-${uuid}`).not.toMatch(new RegExp(pattern));
  });
});

describe('NODE-7 node termination handler', () => {
  const values = valuesOf<NodeTerminationHandlerValues>('aws-node-termination-handler', eksInput(clusterAutoscaler()));

  test('GIVEN it WHEN a node is to go THEN a taint shows it, on every node whatever its taints', () => {
    expect(values).toMatchObject({
      taintNode: true,
      enableSpotInterruptionDraining: true,
      enableRebalanceDraining: false,
      daemonsetTolerations: [{ operator: 'Exists' }],
    });
  });

  test('NODE-5 GIVEN its requests WHEN summed THEN they are what the arithmetic of nodes takes off', () => {
    const { cpu = '', memory = '' } = values.resources.requests;
    expect(parseMillicpu(cpu)).toBe(PLATFORM_DAEMON_SETS.nodeTerminationHandler.millicpu);
    expect(parseBytes(memory)).toBe(PLATFORM_DAEMON_SETS.nodeTerminationHandler.memoryBytes);
  });
});
