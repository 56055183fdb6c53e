import type { JsonObject } from '../core/json.ts';
import type { Platform } from '../model/platform.ts';
import type { Pool } from '../model/pool.ts';
import type { Taint } from '../model/taint.ts';

/** Taints a node has when it joins: those of its pool, and the startup taints that agents take off. */
export function joinTaints({ environment }: Platform, pool: Pool): readonly Taint[] {
  const own = new Set(pool.taints.map(({ key, effect }) => `${key} ${effect}`));
  return [...pool.taints, ...environment.startupTaints.filter(({ key, effect }) => !own.has(`${key} ${effect}`))];
}

/** The same in a KubeletConfiguration; empty where there are none. */
export function registeredTaints(platform: Platform, pool: Pool): JsonObject {
  const taints = joinTaints(platform, pool);
  if (taints.length === 0) return {};
  return {
    registerWithTaints: taints.map(({ key, value, effect }) => ({ key, ...(value === '' ? {} : { value }), effect })),
  };
}

/** Labels a node has when it joins. Kubelet takes them as a flag only; KubeletConfiguration has no field for them. */
export function nodeLabelsFlag({ labels }: Pool): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return `--node-labels=${pairs.join(',')}`;
}
