import { PLATFORM_DAEMON_SETS } from '../catalog/daemon-sets.ts';
import { daemonTolerations, gpuPools, type Platform } from '../model/platform.ts';
import type { Toleration } from '../model/taint.ts';
import { type ContainerRequests, containerRequests } from './container-requests.ts';
import { DEFAULT_CONFIG, devicePluginConfigs, migStrategy } from './device-plugin-config.ts';
import { gpuPoolAffinity, type PoolAffinity } from './gpu-pool-affinity.ts';

/** Values of the chart nvidia-device-plugin 0.20, as far as Atelier sets them. */
export interface DevicePluginValues {
  readonly migStrategy: string;
  readonly config?: { readonly default: string; readonly map: Readonly<Record<string, string>> };
  readonly affinity: PoolAffinity;
  readonly tolerations: readonly Toleration[];
  readonly resources: { readonly requests: ContainerRequests };
}

/** The device plugin alone, on the nodes of all GPU pools. The chart sets the requests on its main container only. */
export function devicePluginValues(platform: Platform): DevicePluginValues {
  const pools = gpuPools(platform);
  const map = devicePluginConfigs(pools);
  return {
    migStrategy: migStrategy(pools),
    ...(Object.keys(map).length === 0 ? {} : { config: { default: DEFAULT_CONFIG, map } }),
    affinity: gpuPoolAffinity(pools),
    tolerations: daemonTolerations(platform, pools),
    resources: { requests: containerRequests(PLATFORM_DAEMON_SETS.devicePlugin, 1) },
  };
}
