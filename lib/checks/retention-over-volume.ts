import { describeBytes } from '../core/quantity.ts';
import type { Platform } from '../model/platform.ts';
import type { Rule } from './rule.ts';

/**
 * Samples a second that one node adds: node-exporter, kubelet and cAdvisor with some twenty pods make about 3000 series,
 * scraped every 30 seconds by default; a GPU adds 30. Sessions come and go, so series do too.
 */
const SAMPLES_PER_NODE = 100;
/** What the platform itself adds, however few nodes there are: API server, kube-state-metrics, controllers. */
const SAMPLES_OF_PLATFORM = 1500;
/** Bytes of a sample on disk; between one and two, compressed (Prometheus documentation). */
const BYTES_PER_SAMPLE = 1.5;
/** Share of the volume that blocks may fill, as `retentionSize` says. */
const FILL_RATIO = 0.8;
/** Elastic pools are rarely full; this much of them on average. */
const MEAN_USE = 0.3;

function expectedBytes({ pools, environment }: Platform): number {
  const nodes = pools.reduce((sum, { min, max }) => sum + min + (max - min) * MEAN_USE, 0);
  const rate = SAMPLES_OF_PLATFORM + nodes * SAMPLES_PER_NODE;
  return rate * BYTES_PER_SAMPLE * environment.monitoring.retention;
}

export const retentionOverVolume: Rule = {
  id: 'MON004',
  title: 'The volume of Prometheus holds samples for as long as they are to be kept',
  severity: 'warning',
  protectsFrom: "a history that ends sooner than promised, which shows when somebody needs last month's figures",
  because:
    'Prometheus deletes its oldest block when either the time or the size is reached. The size of its volume is estimated as documented: seconds of retention x samples per second x bytes per sample, with pools a third full.',
  source: 'Prometheus documentation, "Storage: Operational aspects"',
  example: {
    of: 'environment',
    breaks: 'monitoring: { retention: 365d, storage: 50Gi }',
    mended: 'monitoring: { retention: 10d, storage: 50Gi }',
  },
  check: ({ platform }) => {
    const { monitoring } = platform.environment;
    const usable = monitoring.storage * FILL_RATIO;
    const expected = expectedBytes(platform);
    if (expected <= usable) return [];
    const days = Math.floor((monitoring.retention * usable) / expected / 86_400);
    const message = `about ${describeBytes(expected)} are expected in that time; ${describeBytes(usable)} of the volume hold ${days} days.`;
    return [
      { at: ['monitoring', 'retention'], message, hint: 'Enlarge monitoring.storage, or keep samples for less time.' },
    ];
  },
};
