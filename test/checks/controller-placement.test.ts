import { describe, expect, test } from 'vitest';
import { CHARTS } from '../../lib/catalog/charts.ts';
import { CHART_CONTROLLERS } from '../../lib/catalog/controller-pods.ts';
import { unplacedControllers } from '../../lib/checks/reading/controller-placement.ts';
import { type ControllerDemand, controllerDemands } from '../../lib/checks/reading/controller-pods.ts';
import { platformHomes } from '../../lib/checks/reading/platform-home.ts';
import type { Json, JsonObject } from '../../lib/core/json.ts';
import { MiB } from '../../lib/core/quantity.ts';
import { unknownValuePaths } from '../../lib/helm/values-paths.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { synthesize } from '../../stacks/synth.ts';
import { eksInput, onPremisesInput } from '../fixtures/environment.ts';

function bundleOf(input: EnvironmentInput) {
  const synthesis = synthesize(input);
  if (synthesis.kind === 'invalid') throw new Error(JSON.stringify(synthesis.problems));
  return synthesis.bundle;
}

const lines = (demands: readonly ControllerDemand[]): readonly string[] =>
  demands.map(({ name, replicas, millicpu, memoryBytes }) => `${name} ${replicas} ${millicpu}m ${memoryBytes / MiB}Mi`);

/** A value at a path of keys. */
const nested = (path: string, value: Json): JsonObject =>
  path.split('.').reduceRight<Json>((inner, key) => ({ [key]: inner }), value) as JsonObject;

/** The pools of the fixture with another system pool; nodes of every pool are of one size. */
const poolsWith = (instanceType: string, min: number, max: number): EnvironmentInput['nodePools'] => [
  { name: 'system', role: 'system', capacity: { kind: 'ec2', instanceTypes: [instanceType], min, max } },
  { name: 'cpu', role: 'dedicated', capacity: { kind: 'ec2', instanceTypes: ['m7i.4xlarge'], max: 10 } },
  { name: 'gpu', role: 'dedicated', capacity: { kind: 'ec2', instanceTypes: ['g5.2xlarge'], max: 4 } },
];

const DATABASE: Partial<EnvironmentInput['workbench']> = {
  replicas: 2,
  database: {
    kind: 'postgresql',
    host: 'database.example.org',
    password: { name: 'workbench-database', key: 'password' },
  },
};

/** Two servers of 2 CPUs under cluster-autoscaler, on a system pool of so many nodes with 4 CPUs. */
function twoServers(max: number) {
  const input = eksInput();
  return bundleOf({
    ...input,
    autoscaler: { kind: 'cluster-autoscaler' },
    gpuSoftware: { kind: 'device-plugin' },
    nodePools: poolsWith('m7i.xlarge', 1, max),
    workbench: { ...input.workbench, ...DATABASE },
  });
}

const unplaced = (bundle: ReturnType<typeof bundleOf>): readonly string[] =>
  unplacedControllers(platformHomes(bundle.platform), controllerDemands(bundle)).map(
    ({ name, missing, replicas }) => `${name} ${missing} of ${replicas}`,
  );

describe('what controllers of the platform ask for (NODE-5)', () => {
  test('GIVEN an environment WHEN read THEN it is what the real charts render of its values, in the order of installation', () => {
    expect(lines(controllerDemands(bundleOf(eksInput())))).toEqual([
      'coredns 2 100m 70Mi',
      'ebs-csi-controller 2 50m 192Mi',
      'efs-csi-controller 2 0m 0Mi',
      'hnc-manager 1 100m 256Mi',
      'kyverno-admission-controller 3 100m 128Mi',
      'kyverno-background-controller 2 100m 64Mi',
      'kyverno-cleanup-controller 2 100m 64Mi',
      'kyverno-reports-controller 2 100m 64Mi',
      'karpenter 2 500m 1024Mi',
      'gpu-operator 1 200m 100Mi',
      'node-feature-discovery-master 1 100m 128Mi',
      'node-feature-discovery-gc 1 10m 128Mi',
      'kube-prometheus-stack-operator 1 100m 128Mi',
      'kube-prometheus-stack-kube-state-metrics 1 50m 128Mi',
      'kube-prometheus-stack-grafana 1 100m 256Mi',
      'prometheus 1 500m 2048Mi',
      'alertmanager 1 10m 64Mi',
      'workbench 1 2000m 4096Mi',
    ]);
  });

  test('GIVEN no cloud WHEN read THEN add-ons of EKS are not among them', () => {
    expect(lines(controllerDemands(bundleOf(onPremisesInput({ tenants: [] })))).join()).not.toContain('csi');
  });

  test.each(Object.entries(CHART_CONTROLLERS))(
    'GIVEN %s THEN its values have every path that is read',
    (chart, pods) => {
      expect(Object.values(CHARTS).map(({ name }) => name)).toContain(chart);
      for (const { replicas, requests } of pods) {
        if (replicas.path) expect(unknownValuePaths(chart, nested(replicas.path, 1))).toEqual([]);
        if (requests.path) {
          const stated = { cpu: '1', memory: '1Gi' };
          expect(unknownValuePaths(chart, nested(requests.path, stated))).toEqual([]);
        }
      }
    },
  );
});

describe('where they find room (NODE-5)', () => {
  // As a real kube-scheduler 1.36 placed what the charts made of such an environment.
  test('GIVEN the controllers on one node WHEN it grows to two THEN the second server never runs', () => {
    expect(unplaced(twoServers(2))).toEqual(['workbench 1 of 2']);
  });

  test('GIVEN the same WHEN it may grow to three THEN all run', () => {
    expect(unplaced(twoServers(3))).toEqual([]);
  });

  test('GIVEN Karpenter WHEN the maximum of its pool is raised THEN nothing is won, because nobody scales it', () => {
    const crowded = (max: number) =>
      bundleOf(
        eksInput({
          autoscaler: { kind: 'karpenter', replicas: 1 },
          nodePools: poolsWith('m7i.xlarge', 1, max),
        }),
      );
    expect(unplaced(crowded(1))).toEqual(['workbench 1 of 1']);
    expect(unplaced(crowded(5))).toEqual(unplaced(crowded(1)));
  });

  test('GIVEN several servers WHEN there is room for all on one node THEN they still spread', () => {
    const [home] = platformHomes(bundleOf(eksInput()).platform);
    if (!home) throw new Error('The fixture has a system pool.');
    const server: ControllerDemand = {
      name: 'server',
      replicas: 3,
      millicpu: 100,
      memoryBytes: MiB,
      sharing: 'evenly',
    };
    const filler: ControllerDemand = { name: 'filler', replicas: 1, millicpu: 7650, memoryBytes: MiB };
    const fixed = [{ ...home, least: 2, most: 2 }];
    expect(unplacedControllers(fixed, [server])).toEqual([]);
    expect(unplacedControllers(fixed, [filler, server])).toEqual([{ ...server, missing: 2 }]);
  });
});
