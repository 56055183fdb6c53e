import { describe, expect, it } from 'vitest';
import { PLATFORM_DAEMON_SETS } from '../../lib/catalog/daemon-sets.ts';
import { parseBytes, parseMillicpu } from '../../lib/core/quantity.ts';
import { unknownValuePaths } from '../../lib/helm/values-paths.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { gpuPools } from '../../lib/model/platform.ts';
import { GpuMetrics } from '../../lib/monitoring/gpu-metrics.ts';
import { gpuMetricsValues } from '../../lib/monitoring/gpu-metrics-values.ts';
import { tolerates } from '../../lib/scheduling/toleration.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';

const valuesOf = (input: EnvironmentInput) => gpuMetricsValues(platformOf(input));
const envOf = (input: EnvironmentInput): Readonly<Record<string, string>> =>
  Object.fromEntries(valuesOf(input).extraEnv.map(({ name, value }) => [name, value]));
const withSharing = (sharing: Extract<EnvironmentInput['nodePools'][number]['sharing'], object>): EnvironmentInput => {
  const input = eksInput();
  return {
    ...input,
    nodePools: input.nodePools.map((pool) => (pool.name === 'gpu' ? { ...pool, sharing } : pool)),
  };
};

describe('GpuMetrics (MON-1)', () => {
  it('GIVEN a platform WHEN synthesised THEN one release stands in the namespace of the GPU software', () => {
    const platform = platformOf(eksInput());
    const { releases } = synthesize((scope) => new GpuMetrics(scope, 'gpu', { platform }));
    expect(releases.map(({ name, namespace, chart }) => [name, namespace, chart.version])).toEqual([
      ['dcgm-exporter', 'gpu-operator', '4.8.3'],
    ]);
    for (const { values } of releases) expect(unknownValuePaths('dcgm-exporter', values)).toEqual([]);
  });

  it('GIVEN pool and startup taints WHEN placed THEN the exporter tolerates every taint of every GPU pool', () => {
    const input = onPremisesInput({
      startupTaints: [{ key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NoExecute' }],
    });
    const platform = platformOf(input);
    const { tolerations, nodeSelector } = gpuMetricsValues(platform);
    const taints = [...gpuPools(platform).flatMap((pool) => pool.taints), ...platform.environment.startupTaints];
    expect(taints.length).toBeGreaterThan(3);
    for (const taint of taints) expect(tolerations.some((each) => tolerates(each, taint))).toBe(true);
    expect(nodeSelector).toEqual({ 'nvidia.com/gpu.present': 'true' });
  });

  it('GIVEN an interval WHEN collected THEN the exporter collects and Prometheus scrapes at that interval', () => {
    expect(envOf(eksInput({ monitoring: { gpuInterval: '1m' } })).DCGM_EXPORTER_INTERVAL).toBe('60000');
    const { serviceMonitor } = valuesOf(eksInput({ monitoring: { gpuInterval: '1m' } }));
    expect(serviceMonitor).toMatchObject({ interval: '1m', scrapeTimeout: '25s', honorLabels: false });
  });

  it('GIVEN an interval under the usual timeout WHEN scraped THEN the timeout is no longer than the interval', () => {
    const { serviceMonitor } = valuesOf(eksInput({ monitoring: { gpuInterval: '10s' } }));
    expect(serviceMonitor).toMatchObject({ interval: '10s', scrapeTimeout: '10s' });
  });

  it('GIVEN whole GPUs and MIG devices only WHEN attributed THEN the exporter needs nothing special', () => {
    const both = onPremisesInput();
    const unshared = {
      ...both,
      nodePools: both.nodePools.filter(({ name }) => name !== 't4'),
      sessionProfiles: both.sessionProfiles.filter(({ pool }) => pool !== 't4'),
    };
    for (const input of [eksInput(), unshared]) {
      expect(Object.keys(envOf(input))).toEqual(['DCGM_EXPORTER_INTERVAL']);
      expect(valuesOf(input)).toMatchObject({ hostPID: false, kubernetes: { enablePodUID: false } });
    }
  });

  it('GIVEN a renamed time-sliced pool WHEN attributed THEN mode, name, host processes and pod UIDs all are on', () => {
    const input = withSharing({ kind: 'time-slicing', replicas: 4 });
    expect(envOf(input)).toMatchObject({
      KUBERNETES_VIRTUAL_GPUS: 'true',
      NVIDIA_RESOURCE_NAMES: 'nvidia.com/gpu.shared',
    });
    expect(valuesOf(input)).toMatchObject({ hostPID: true, kubernetes: { enablePodUID: true } });
  });

  it('GIVEN a time-sliced pool that keeps the name WHEN attributed THEN only the name needs no help', () => {
    const input = withSharing({ kind: 'time-slicing', replicas: 4, rename: false });
    expect(envOf(input)).toMatchObject({ KUBERNETES_VIRTUAL_GPUS: 'true' });
    expect(envOf(input)).not.toHaveProperty('NVIDIA_RESOURCE_NAMES');
    expect(valuesOf(input).hostPID).toBe(true);
  });

  it('GIVEN MIG and time-slicing side by side WHEN attributed THEN MIG names stay off the list', () => {
    expect(envOf(onPremisesInput()).NVIDIA_RESOURCE_NAMES).toBe('nvidia.com/gpu.shared');
  });

  it('GIVEN profiling off WHEN collected THEN no profiling field is, and pods are replaced', () => {
    const on = valuesOf(eksInput());
    const off = valuesOf(eksInput({ monitoring: { profiling: false } }));
    expect(on.customMetrics).toContain('DCGM_FI_PROF_GR_ENGINE_ACTIVE');
    expect(off.customMetrics).not.toContain('DCGM_FI_PROF_');
    expect(off.customMetrics).toContain('DCGM_FI_DEV_GPU_UTIL');
    expect(off.podAnnotations).not.toEqual(on.podAnnotations);
  });

  it('GIVEN the GPU operator or the device plugin alone WHEN run THEN the operator gives the runtime class', () => {
    expect(valuesOf(eksInput()).runtimeClassName).toBe('nvidia');
    const plugin = eksInput({ gpuSoftware: { kind: 'device-plugin' } });
    expect(valuesOf(plugin)).not.toHaveProperty('runtimeClassName');
  });

  it('GIVEN node arithmetic WHEN sized THEN the pod asks for what was counted (NODE-5)', () => {
    const { cpu, memory } = valuesOf(eksInput()).resources.requests;
    const counted = PLATFORM_DAEMON_SETS.dcgmExporter;
    expect([parseMillicpu(cpu), parseBytes(memory)]).toEqual([counted.millicpu, counted.memoryBytes]);
  });
});
