import { gpuModel } from '../catalog/gpus.ts';
import { asJsonObject } from '../core/json.ts';
import { toYaml } from '../core/yaml.ts';
import { migConfigName } from '../model/gpu-configuration.ts';
import type { MigLayout } from '../model/mig-layout.ts';
import type { Pool } from '../model/pool.ts';

/** Configuration of nodes without a MIG pool, and the operator's default. */
export const ALL_DISABLED = 'all-disabled';

/** One entry of a mig-parted configuration (mig-parted 0.15.0 api/spec/v1; unknown keys are refused there). */
interface MigPartedEntry {
  /** Device and vendor ids the entry is for; all GPUs of the node where it is absent. */
  readonly 'device-filter'?: readonly string[];
  readonly devices: 'all';
  readonly 'mig-enabled': boolean;
  /** Left out where MIG is off: mig-parted refuses it there. */
  readonly 'mig-devices'?: MigLayout;
}

interface MigPool {
  readonly layout: MigLayout;
  readonly model: string;
}

function migPools(pools: readonly Pool[]): readonly MigPool[] {
  return pools.flatMap(({ spec: { sharing }, gpuModel: model }) =>
    sharing.kind === 'mig' && model !== undefined ? [{ layout: sharing.layout, model }] : [],
  );
}

function entries(layout: MigLayout, models: readonly string[], filtered: boolean): readonly MigPartedEntry[] {
  const enabled: MigPartedEntry = { devices: 'all', 'mig-enabled': true, 'mig-devices': { ...layout } };
  if (!filtered) return [enabled];
  // A profile of one name has another size and count on another model, so no model gets the layout of another.
  return models.map((model) => {
    const ids = gpuModel(model)?.pciDeviceIds;
    return ids ? { 'device-filter': [...ids], ...enabled } : enabled;
  });
}

/**
 * mig-parted's configuration file: one configuration per layout, under the name that the nodes' label carries, and
 * `all-disabled`. With several GPU models in the cluster each entry says which devices it is for.
 */
export function migPartedConfig(pools: readonly Pool[]): string {
  const partitioned = migPools(pools);
  const filtered = new Set(partitioned.map(({ model }) => model)).size > 1;
  const configs: Record<string, readonly MigPartedEntry[]> = {
    [ALL_DISABLED]: [{ devices: 'all', 'mig-enabled': false }],
  };
  for (const { layout } of partitioned) {
    const name = migConfigName(layout);
    const models = partitioned.filter((each) => migConfigName(each.layout) === name).map(({ model }) => model);
    configs[name] = entries(layout, [...new Set(models)], filtered);
  }
  return toYaml(asJsonObject({ version: 'v1', 'mig-configs': configs }));
}
