/** Kinds of samples that dcgm-exporter writes; a `label` is added to every series instead (internal/pkg/counters). */
export type DcgmMetricType = 'gauge' | 'counter' | 'label';

/** A metric that dcgm-exporter can collect. */
export interface DcgmMetric {
  /** DCGM field, or counter of the exporter itself; also the metric's name in Prometheus. */
  readonly name: string;
  readonly type: DcgmMetricType;
  /** One sentence without commas or quotes: it stands in a CSV line. */
  readonly help: string;
  /** Unit of the value, as DCGM reports it. */
  readonly unit:
    | 'percent'
    | 'ratio'
    | 'MiB'
    | 'celsius'
    | 'watt'
    | 'millijoule'
    | 'MHz'
    | 'ns'
    | 'bytes/s'
    | 'count'
    | 'code'
    | 'none';
  /** Sampled by the GPU's profiling hardware (Volta and newer): while it is read, no other profiler can run. */
  readonly profiling: boolean;
  readonly source: 'DCGM' | 'dcgm-exporter';
}

const dcgm = (name: string, type: DcgmMetricType, unit: DcgmMetric['unit'], help: string): DcgmMetric => ({
  name: `DCGM_FI_${name}`,
  type,
  unit,
  help,
  profiling: name.startsWith('PROF_'),
  source: 'DCGM',
});

/**
 * What is collected of every GPU and GPU instance. Field names: dcgm_fields.h of DCGM 4.6; units: etc/default-counters.csv
 * of dcgm-exporter. MIG devices have no `*_UTIL` (dcgm-exporter #216): their utilisation is the profiling ratios.
 */
export const DCGM_METRICS: readonly DcgmMetric[] = [
  dcgm('DEV_GPU_UTIL', 'gauge', 'percent', 'Time in which at least one kernel ran.'),
  dcgm('DEV_MEM_COPY_UTIL', 'gauge', 'percent', 'Time in which device memory was read or written.'),
  dcgm('DEV_ENC_UTIL', 'gauge', 'percent', 'Video encoder utilisation.'),
  dcgm('DEV_DEC_UTIL', 'gauge', 'percent', 'Video decoder utilisation.'),
  dcgm('DEV_FB_USED', 'gauge', 'MiB', 'Device memory in use in MiB.'),
  dcgm('DEV_FB_FREE', 'gauge', 'MiB', 'Device memory free in MiB.'),
  dcgm('DEV_FB_RESERVED', 'gauge', 'MiB', 'Device memory that driver and firmware keep in MiB.'),
  dcgm('DEV_GPU_TEMP', 'gauge', 'celsius', 'GPU temperature in degrees Celsius.'),
  dcgm('DEV_MEMORY_TEMP', 'gauge', 'celsius', 'Device memory temperature in degrees Celsius.'),
  dcgm('DEV_POWER_USAGE', 'gauge', 'watt', 'Power draw in watts.'),
  dcgm('DEV_TOTAL_ENERGY_CONSUMPTION', 'counter', 'millijoule', 'Energy since the driver was loaded in millijoules.'),
  dcgm('DEV_SM_CLOCK', 'gauge', 'MHz', 'Clock of the streaming multiprocessors in MHz.'),
  dcgm('DEV_MEM_CLOCK', 'gauge', 'MHz', 'Clock of the device memory in MHz.'),
  dcgm('DEV_POWER_VIOLATION', 'counter', 'ns', 'Time throttled by the power limit in nanoseconds.'),
  dcgm('DEV_THERMAL_VIOLATION', 'counter', 'ns', 'Time throttled by heat in nanoseconds.'),
  dcgm('DEV_XID_ERRORS', 'gauge', 'code', 'Code of the last XID error.'),
  dcgm('DEV_ECC_DBE_VOL_TOTAL', 'counter', 'count', 'Double-bit memory errors since the driver was loaded.'),
  dcgm('DEV_CORRECTABLE_REMAPPED_ROWS', 'counter', 'count', 'Memory rows remapped after correctable errors.'),
  dcgm('DEV_UNCORRECTABLE_REMAPPED_ROWS', 'counter', 'count', 'Memory rows remapped after uncorrectable errors.'),
  dcgm(
    'DEV_ROW_REMAP_FAILURE',
    'gauge',
    'none',
    'Whether remapping a memory row failed; then the GPU is to be replaced.',
  ),
  dcgm('DEV_PCIE_REPLAY_COUNTER', 'counter', 'count', 'PCIe retries.'),
  {
    name: 'DCGM_EXP_XID_ERRORS_TOTAL',
    type: 'counter',
    unit: 'count',
    help: 'XID errors since the exporter started by code.',
    profiling: false,
    source: 'dcgm-exporter',
  },
  dcgm('PROF_GR_ENGINE_ACTIVE', 'gauge', 'ratio', 'Share of time in which the graphics or compute engine was active.'),
  dcgm('PROF_SM_ACTIVE', 'gauge', 'ratio', 'Share of cycles in which a multiprocessor had a warp assigned.'),
  dcgm('PROF_PIPE_TENSOR_ACTIVE', 'gauge', 'ratio', 'Share of cycles in which tensor cores were active.'),
  dcgm('PROF_DRAM_ACTIVE', 'gauge', 'ratio', 'Share of cycles in which device memory moved data.'),
  dcgm('PROF_PCIE_TX_BYTES', 'gauge', 'bytes/s', 'Bytes sent over PCIe each second.'),
  dcgm('PROF_PCIE_RX_BYTES', 'gauge', 'bytes/s', 'Bytes received over PCIe each second.'),
  dcgm('DRIVER_VERSION', 'label', 'none', 'Driver version.'),
];
