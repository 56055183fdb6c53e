import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type DaemonRequests, PLATFORM_DAEMON_SETS } from '../../lib/catalog/daemon-sets.ts';
import { parseBytes, parseMillicpu } from '../../lib/core/quantity.ts';
import type { ContainerRequests } from '../../lib/gpu/container-requests.ts';
import type { DevicePluginValues } from '../../lib/gpu/device-plugin-values.ts';
import type { GpuOperatorValues } from '../../lib/gpu/gpu-operator-values.ts';
import { GpuSoftware } from '../../lib/gpu/gpu-software.ts';
import { unknownValuePaths } from '../../lib/helm/values-paths.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { gpuPools } from '../../lib/model/platform.ts';
import { tolerates } from '../../lib/scheduling/toleration.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';

function releasesOf(input: EnvironmentInput) {
  const platform = platformOf(input);
  return synthesize((scope) => new GpuSoftware(scope, 'gpu', { platform })).releases;
}

function valuesOf<T>(input: EnvironmentInput): T {
  const [release] = releasesOf(input);
  if (!release) throw new Error('no release');
  expect(unknownValuePaths(release.chart.name, release.values)).toEqual([]);
  return release.values as unknown as T;
}

const startupTaints: EnvironmentInput['startupTaints'] = [
  { key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NoExecute' },
];

/** The pools of the fixture, the GPU pool with another way of sharing. */
function sharing(gpu: EnvironmentInput['nodePools'][number]['sharing'], types: string[]): EnvironmentInput {
  const nodePools = eksInput().nodePools.map((pool) =>
    pool.name === 'gpu'
      ? {
          ...pool,
          sharing: gpu ?? { kind: 'exclusive' as const },
          capacity: { kind: 'ec2' as const, instanceTypes: types, max: 2 },
        }
      : pool,
  );
  return eksInput({ nodePools, sessionProfiles: eksInput().sessionProfiles.slice(0, 1), startupTaints });
}

const total = (requests: ContainerRequests, containers: number): object => ({
  millicpu: (parseMillicpu(requests.cpu) ?? 0) * containers,
  memoryBytes: (parseBytes(requests.memory) ?? 0) * containers,
});
const expected = ({ millicpu, memoryBytes }: DaemonRequests): object => ({ millicpu, memoryBytes });

describe('GPU-4 GPU software', () => {
  test('GIVEN no GPU pool WHEN rendered THEN nothing is installed', () => {
    const nodePools = eksInput().nodePools.filter(({ name }) => name !== 'gpu');
    const sessionProfiles = eksInput().sessionProfiles.slice(0, 1);
    expect(releasesOf(eksInput({ nodePools, sessionProfiles }))).toEqual([]);
  });

  test.each([
    ['gpu-operator', eksInput()],
    ['nvidia-device-plugin', eksInput({ gpuSoftware: { kind: 'device-plugin' } })],
  ])('GIVEN %s WHEN rendered THEN that release alone, in its namespace', (name, input) => {
    expect(releasesOf(input).map((release) => [release.name, release.namespace])).toEqual([[name, 'gpu-operator']]);
  });

  test('GIVEN node images with driver and toolkit WHEN rendered THEN the operator brings neither', () => {
    const values = valuesOf<GpuOperatorValues>(eksInput());
    expect([values.driver.enabled, values.toolkit.enabled]).toEqual([false, false]);
  });

  test('GIVEN bare nodes WHEN rendered THEN the operator brings both and never changes a driver by itself', () => {
    const values = valuesOf<GpuOperatorValues>(onPremisesInput());
    expect([values.driver, values.toolkit]).toEqual([
      { enabled: true, upgradePolicy: { autoUpgrade: false } },
      { enabled: true },
    ]);
  });

  test('MON-1 GIVEN monitoring has an exporter of its own WHEN rendered THEN the operator runs none', () => {
    const { dcgmExporter } = valuesOf<GpuOperatorValues>(eksInput());
    expect(dcgmExporter).toEqual({ enabled: false, serviceMonitor: { enabled: false } });
  });

  test('GIVEN a system pool WHEN rendered THEN the controllers run there', () => {
    const values = valuesOf<GpuOperatorValues>(eksInput());
    const { master, gc } = values['node-feature-discovery'];
    for (const placement of [values.operator, master, gc]) {
      expect(placement.nodeSelector).toEqual({ 'atelier.dev/node-pool': 'system' });
      expect(placement.tolerations.map(({ key }) => key)).toEqual([
        'node-role.kubernetes.io/control-plane',
        'CriticalAddonsOnly',
      ]);
    }
  });
});

describe('NODE-4 DaemonSets on GPU nodes', () => {
  const input = sharing({ kind: 'time-slicing', replicas: 4 }, ['g4dn.xlarge']);
  const platform = platformOf(input);
  const operator = valuesOf<GpuOperatorValues>(input);
  const plugin = valuesOf<DevicePluginValues>({ ...input, gpuSoftware: { kind: 'device-plugin' } });
  const discovery = operator['node-feature-discovery'].worker;

  test.each([
    ['operands', operator.daemonsets.tolerations],
    ['feature discovery', discovery.tolerations],
    ['device plugin', plugin.tolerations],
  ])('GIVEN pool and startup taints WHEN %s are to run THEN they tolerate each of them', (_, tolerations) => {
    const taints = [...gpuPools(platform).flatMap((pool) => pool.taints), ...platform.environment.startupTaints];
    expect(taints.length).toBeGreaterThan(2);
    for (const taint of taints) {
      expect(tolerations.some((toleration) => tolerates(toleration, taint))).toBe(true);
    }
  });

  test('GIVEN feature discovery WHEN placed THEN by the label of the pool: the operator takes gpu.present away', () => {
    for (const { affinity } of [discovery, plugin]) {
      const [term] = affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
      expect(term?.matchExpressions).toEqual([{ key: 'atelier.dev/node-pool', operator: 'In', values: ['gpu'] }]);
    }
    expect(JSON.stringify(discovery)).not.toContain('gpu.present');
  });

  test('NODE-5 GIVEN their requests WHEN summed over containers THEN they are what nodes set aside', () => {
    const { devicePlugin, nodeFeatureDiscovery } = PLATFORM_DAEMON_SETS;
    expect(total(discovery.resources.requests, 1)).toEqual(expected(nodeFeatureDiscovery));
    expect(total(plugin.resources.requests, 1)).toEqual(expected(devicePlugin));
    // The operator gives the same requests to the plugin and to its config-manager, which only shared GPUs need.
    expect(total(operator.devicePlugin.resources.requests, 2)).toEqual(expected(devicePlugin));
    const exclusive = valuesOf<GpuOperatorValues>(eksInput());
    expect(total(exclusive.devicePlugin.resources.requests, 1)).toEqual(expected(devicePlugin));
  });
});

describe('GPU-3 sharing', () => {
  test('GIVEN whole GPUs WHEN rendered THEN the plugin has no configuration', () => {
    expect(valuesOf<GpuOperatorValues>(eksInput()).devicePlugin).not.toHaveProperty('config');
    const alone = valuesOf<DevicePluginValues>(eksInput({ gpuSoftware: { kind: 'device-plugin' } }));
    expect(alone).not.toHaveProperty('config');
    expect(alone.migStrategy).toBe('none');
  });

  test.each([true, false])(
    'GIVEN time-slicing, rename %s WHEN rendered THEN the label of the nodes names it',
    (rename) => {
      const input = sharing({ kind: 'time-slicing', replicas: 4, rename }, ['g4dn.xlarge']);
      const { config } = valuesOf<GpuOperatorValues>(input).devicePlugin;
      const label = gpuPools(platformOf(input))[0]?.labels['nvidia.com/device-plugin.config'] ?? '';
      expect(config).toMatchObject({ create: true, default: 'default' });
      expect(Object.keys(config?.data ?? {})).toEqual(['default', label]);
      expect(parse(config?.data[label] ?? '')).toEqual({
        version: 'v1',
        flags: { migStrategy: 'none' },
        sharing: {
          timeSlicing: {
            renameByDefault: rename,
            failRequestsGreaterThanOne: true,
            resources: [{ name: 'nvidia.com/gpu', replicas: 4 }],
          },
        },
      });
      expect(parse(config?.data.default ?? '')).toEqual({ version: 'v1', flags: { migStrategy: 'none' } });
      const alone = valuesOf<DevicePluginValues>({ ...input, gpuSoftware: { kind: 'device-plugin' } });
      expect(alone.config).toEqual({ default: 'default', map: config?.data });
    },
  );
});

describe('GPU-2 MIG', () => {
  test('GIVEN no MIG WHEN rendered THEN the MIG manager is off', () => {
    const { mig, migManager } = valuesOf<GpuOperatorValues>(eksInput());
    expect([mig, migManager]).toEqual([{ strategy: 'none' }, { enabled: false }]);
  });

  test('GIVEN a layout WHEN rendered THEN the configuration has the name that the nodes carry', () => {
    const { mig, migManager } = valuesOf<GpuOperatorValues>(onPremisesInput());
    const pool = gpuPools(platformOf(onPremisesInput()))[0];
    const name = pool?.labels['nvidia.com/mig.config'] ?? '';
    expect(mig.strategy).toBe('mixed');
    expect(migManager).toMatchObject({ enabled: true, config: { create: true, default: 'all-disabled' } });
    // Machines on premises can reset their GPUs.
    expect(migManager).not.toHaveProperty('env');
    expect(parse(migManager.config?.data['config.yaml'] ?? '')).toEqual({
      version: 'v1',
      'mig-configs': {
        'all-disabled': [{ devices: 'all', 'mig-enabled': false }],
        [name]: [{ devices: 'all', 'mig-enabled': true, 'mig-devices': { '1g.5gb': 2, '2g.10gb': 1, '3g.20gb': 1 } }],
      },
    });
  });

  test('GIVEN EC2 WHEN rendered THEN a node may reboot to switch MIG on', () => {
    const input = sharing({ kind: 'mig', strategy: 'single', layout: { '1g.5gb': 7 } }, ['p4d.24xlarge']);
    const { mig, migManager } = valuesOf<GpuOperatorValues>(input);
    expect(mig.strategy).toBe('single');
    expect(migManager.env).toEqual([{ name: 'WITH_REBOOT', value: 'true' }]);
  });

  test('GIVEN one layout name on two models WHEN rendered THEN each entry is for the devices of one model', () => {
    const machine = (model: string) => ({ cpu: 30, memory: '100Gi', gpu: { model, count: 1 } });
    const pool = (name: string, model: string, layout: Record<string, number>) => ({
      name,
      role: 'dedicated' as const,
      capacity: { kind: 'static' as const, nodes: [`${name}-1`], machine: machine(model) },
      sharing: { kind: 'mig' as const, strategy: 'mixed' as const, layout },
    });
    const nodePools = [
      ...onPremisesInput().nodePools.filter(({ name }) => name === 'cpu'),
      pool('a100', 'A100-80GB', { '1g.10gb': 7 }),
      pool('h100', 'H100-80GB', { '1g.10gb': 7 }),
      pool('a30', 'A30', { '2g.12gb': 2 }),
    ];
    const sessionProfiles = onPremisesInput().sessionProfiles.slice(0, 1);
    const { migManager } = valuesOf<GpuOperatorValues>(onPremisesInput({ nodePools, sessionProfiles }));
    const { 'mig-configs': configs } = parse(migManager.config?.data['config.yaml'] ?? '');
    expect(Object.keys(configs)).toEqual(['all-disabled', '7x1g.10gb', '2x2g.12gb']);
    const filters = configs['7x1g.10gb'].map((entry: Record<string, string[]>) => entry['device-filter']);
    expect(filters[0]).toContain('0x20B210DE');
    expect(filters[1]).toContain('0x233010DE');
    expect(configs['2x2g.12gb']).toHaveLength(1);
    expect(configs['2x2g.12gb'][0]['device-filter']).toEqual(['0x20B710DE']);
  });
});
