import { GPU_RESOURCE } from '../catalog/resource-names.ts';
import { asJsonObject } from '../core/json.ts';
import { toYaml } from '../core/yaml.ts';
import { sharingConfigName } from '../model/gpu-configuration.ts';
import type { Pool } from '../model/pool.ts';

/** How MIG devices are named in the whole cluster; `none` where no pool has any. */
export type MigStrategy = 'none' | 'single' | 'mixed';

/** Configuration of nodes that share nothing. */
export const DEFAULT_CONFIG = 'default';

/** The strategy of the MIG pools; they have one in common (REF008). */
export function migStrategy(pools: readonly Pool[]): MigStrategy {
  for (const { spec } of pools) if (spec.sharing.kind === 'mig') return spec.sharing.strategy;
  return 'none';
}

/** A configuration file of the device plugin (k8s-device-plugin 0.20.0 api/config/v1; a misplaced key is ignored there). */
function configFile(strategy: MigStrategy, sharing?: object): string {
  return toYaml(asJsonObject({ version: 'v1', flags: { migStrategy: strategy }, ...(sharing ? { sharing } : {}) }));
}

function timeSlicing(replicas: number, rename: boolean): object {
  return {
    timeSlicing: {
      renameByDefault: rename,
      // Two shares of one GPU are no more than one: refuse the pod instead of disappointing its user.
      failRequestsGreaterThanOne: true,
      resources: [{ name: GPU_RESOURCE, replicas }],
    },
  };
}

/**
 * Configuration files of the device plugin by name: one per way of sharing, and the default, which nodes without the
 * label use. Empty where no pool shares, so that the plugin runs without its config-manager.
 */
export function devicePluginConfigs(pools: readonly Pool[]): Readonly<Record<string, string>> {
  const strategy = migStrategy(pools);
  const shared = pools.flatMap(({ spec: { sharing } }) => {
    const name = sharingConfigName(sharing);
    if (name === undefined || sharing.kind !== 'time-slicing') return [];
    return [[name, configFile(strategy, timeSlicing(sharing.replicas, sharing.rename))] as const];
  });
  if (shared.length === 0) return {};
  return { [DEFAULT_CONFIG]: configFile(strategy), ...Object.fromEntries(shared) };
}
