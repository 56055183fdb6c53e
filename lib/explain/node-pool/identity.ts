import type { Platform } from '../../model/platform.ts';
import type { Pool } from '../../model/pool.ts';
import { formatTaint } from '../../model/taint.ts';
import type { Step } from '../explanation.ts';
import { placeAt, type Scene } from '../scene.ts';
import { detail, line } from '../words.ts';

const ROLES = {
  system: 'add-ons of the cluster only',
  general: 'anything may run here',
  dedicated: 'only what names the pool runs here',
} as const;

function startup({ environment }: Platform, pool: Pool): readonly string[] {
  return pool.elastic ? environment.startupTaints.map(formatTaint) : [];
}

/** Labels that draw pods and taints that keep them away: what is known of a node before it exists. */
export function explainIdentity(scene: Scene, pool: Pool): Step {
  const { platform } = scene.bundle;
  const labels = Object.entries(pool.labels).map(([key, value]) => `${key}=${value}`);
  const taints = pool.taints.map(formatTaint);
  const waiting = startup(platform, pool);
  return {
    id: 'identity',
    verdict: 'fine',
    summary: `role ${pool.spec.role}: ${ROLES[pool.spec.role]}`,
    lines: [
      line(`labels, known before launch: ${labels.join(', ')}`),
      line(taints.length === 0 ? 'no taints' : `taints: ${taints.join(', ')}`),
      ...(waiting.length > 0 ? [detail(`until the node is ready also: ${waiting.join(', ')}`)] : []),
    ],
    places: [placeAt(scene, [...pool.at, 'role']), placeAt(scene, [...pool.at, 'taints'])],
    files: [],
    facts: { role: pool.spec.role, labels: { ...pool.labels }, taints, startupTaints: waiting },
  };
}
