import { PLATFORM_DAEMON_SETS } from '../catalog/daemon-sets.ts';
import { TAINTS } from '../catalog/taints.ts';
import { daemonTolerations, gpuPools, type Platform, systemPlacement } from '../model/platform.ts';
import type { Toleration } from '../model/taint.ts';
import { type ContainerRequests, containerRequests } from './container-requests.ts';
import { DEFAULT_CONFIG, devicePluginConfigs, type MigStrategy, migStrategy } from './device-plugin-config.ts';
import { gpuPoolAffinity, type PoolAffinity } from './gpu-pool-affinity.ts';
import { ALL_DISABLED, migPartedConfig } from './mig-config.ts';

/** Where pods of a Deployment go. */
interface Placement {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** A ConfigMap that the chart makes, and the key that nodes without a label use. */
interface NamedConfigs {
  readonly create: true;
  readonly name: string;
  readonly default: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Values of the chart gpu-operator 26.7, as far as Atelier sets them. */
export interface GpuOperatorValues {
  readonly operator: Placement;
  readonly daemonsets: { readonly tolerations: readonly Toleration[] };
  readonly driver: { readonly enabled: boolean; readonly upgradePolicy: { readonly autoUpgrade: boolean } };
  readonly toolkit: { readonly enabled: boolean };
  readonly mig: { readonly strategy: MigStrategy };
  readonly migManager: {
    readonly enabled: boolean;
    readonly config?: NamedConfigs;
    readonly env?: readonly { readonly name: string; readonly value: string }[];
  };
  readonly devicePlugin: {
    readonly config?: NamedConfigs;
    readonly resources: { readonly requests: ContainerRequests };
  };
  readonly dcgmExporter: { readonly enabled: boolean; readonly serviceMonitor: { readonly enabled: boolean } };
  readonly 'node-feature-discovery': {
    readonly master: Placement;
    readonly gc: Placement;
    readonly worker: {
      readonly affinity: PoolAffinity;
      readonly tolerations: readonly Toleration[];
      readonly resources: { readonly requests: ContainerRequests };
    };
  };
}

function migManager(platform: Platform): GpuOperatorValues['migManager'] {
  const pools = gpuPools(platform);
  if (migStrategy(pools) === 'none') return { enabled: false };
  const data = { 'config.yaml': migPartedConfig(pools) };
  return {
    enabled: true,
    config: { create: true, name: 'atelier-mig-parted', default: ALL_DISABLED, data },
    // Instances of EC2 cannot reset their GPUs, which switching MIG on needs.
    ...(platform.environment.cluster.kind === 'eks' ? { env: [{ name: 'WITH_REBOOT', value: 'true' }] } : {}),
  };
}

function devicePlugin(platform: Platform): GpuOperatorValues['devicePlugin'] {
  const data = devicePluginConfigs(gpuPools(platform));
  const shares = Object.keys(data).length > 0;
  // With configurations the pod has a config-manager beside the plugin, and the operator gives both the same requests.
  const resources = { requests: containerRequests(PLATFORM_DAEMON_SETS.devicePlugin, shares ? 2 : 1) };
  if (!shares) return { resources };
  return { config: { create: true, name: 'atelier-device-plugin', default: DEFAULT_CONFIG, data }, resources };
}

/** The operator's controllers beside the platform's own, and on control planes that keep other pods away. */
function controllerPlacement(platform: Platform): Placement {
  const { nodeSelector, tolerations } = systemPlacement(platform);
  const controlPlane: Toleration = { key: TAINTS.controlPlane, operator: 'Exists', effect: 'NoSchedule' };
  return { nodeSelector, tolerations: [controlPlane, ...tolerations] };
}

/** Values for the GPU pools of the platform. `driver: node-image` means: driver and container toolkit are there. */
export function gpuOperatorValues(platform: Platform): GpuOperatorValues {
  const { gpuSoftware } = platform.environment;
  const operatorBringsDriver = gpuSoftware.kind === 'gpu-operator' && gpuSoftware.driver === 'operator';
  const placement = controllerPlacement(platform);
  const tolerations = daemonTolerations(platform, gpuPools(platform));
  return {
    operator: placement,
    daemonsets: { tolerations },
    // A new driver ends everything on the GPUs of a node, so nobody gets one unasked.
    driver: { enabled: operatorBringsDriver, upgradePolicy: { autoUpgrade: false } },
    toolkit: { enabled: operatorBringsDriver },
    mig: { strategy: migStrategy(gpuPools(platform)) },
    migManager: migManager(platform),
    devicePlugin: devicePlugin(platform),
    // The exporter's own chart belongs to monitoring; two exporters on a node would count everything twice.
    dcgmExporter: { enabled: false, serviceMonitor: { enabled: false } },
    'node-feature-discovery': {
      master: placement,
      gc: placement,
      // GPU nodes only: the arithmetic of other nodes sets nothing aside for it.
      worker: {
        affinity: gpuPoolAffinity(gpuPools(platform)),
        tolerations,
        resources: { requests: containerRequests(PLATFORM_DAEMON_SETS.nodeFeatureDiscovery, 1) },
      },
    },
  };
}
