import { TAINTS } from '../catalog/taints.ts';
import { daemonTolerations, type Platform, systemPlacement } from '../model/platform.ts';
import { infrastructureClass } from '../model/priority-ladder.ts';
import type { Toleration } from '../model/taint.ts';

/** Where a controller runs and how it ranks. */
export interface ControllerPlacement {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly priorityClassName?: string;
}

/** How a DaemonSet gets onto its nodes. */
export interface DaemonPlacement {
  readonly tolerations: readonly Toleration[];
  readonly priorityClassName?: string;
}

function priority({ environment }: Platform): { readonly priorityClassName?: string } {
  const name = infrastructureClass(environment.priorities);
  return name === undefined ? {} : { priorityClassName: name };
}

/** On the system pools, with the platform's own priority. */
export function controllerPlacement(platform: Platform): ControllerPlacement {
  const { nodeSelector, tolerations } = systemPlacement(platform);
  return { nodeSelector, tolerations, ...priority(platform) };
}

/** On every node: all pools, nodes that still start, and on-premises the control plane, which no pool holds. */
export function everyNodePlacement(platform: Platform): DaemonPlacement {
  const controlPlane: readonly Toleration[] =
    platform.environment.cluster.kind === 'on-premises'
      ? [{ key: TAINTS.controlPlane, operator: 'Exists', effect: 'NoSchedule' }]
      : [];
  return { tolerations: [...daemonTolerations(platform, platform.pools), ...controlPlane], ...priority(platform) };
}
