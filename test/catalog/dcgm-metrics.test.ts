import { describe, expect, it } from 'vitest';
import { DCGM_METRICS } from '../../lib/catalog/dcgm-metrics.ts';

describe('DCGM metrics (MON-1)', () => {
  it('GIVEN the list WHEN read THEN exactly the DCGM_FI_PROF_* fields need the profiling hardware', () => {
    for (const { name, profiling } of DCGM_METRICS) expect([name, profiling]).toEqual([name, name.includes('_PROF_')]);
    expect(DCGM_METRICS.some(({ profiling }) => profiling)).toBe(true);
  });

  it('GIVEN the list WHEN read THEN utilisation, memory, temperature, XID and remapped rows are in it', () => {
    const names = DCGM_METRICS.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'DCGM_FI_DEV_GPU_UTIL',
        'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
        'DCGM_FI_DEV_FB_USED',
        'DCGM_FI_DEV_FB_FREE',
        'DCGM_FI_DEV_FB_RESERVED',
        'DCGM_FI_DEV_GPU_TEMP',
        'DCGM_FI_DEV_XID_ERRORS',
        'DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS',
        'DCGM_FI_DEV_ROW_REMAP_FAILURE',
      ]),
    );
  });

  it('GIVEN cumulative values WHEN listed THEN they are counters, and nothing else is', () => {
    const counters = DCGM_METRICS.filter(({ type }) => type === 'counter').map(({ name }) => name);
    expect(counters).toEqual([
      'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION',
      'DCGM_FI_DEV_POWER_VIOLATION',
      'DCGM_FI_DEV_THERMAL_VIOLATION',
      'DCGM_FI_DEV_ECC_DBE_VOL_TOTAL',
      'DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS',
      'DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS',
      'DCGM_FI_DEV_PCIE_REPLAY_COUNTER',
      'DCGM_EXP_XID_ERRORS_TOTAL',
    ]);
  });
});
