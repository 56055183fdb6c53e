import { GPU_RESOURCE, MIG_RESOURCE_PREFIX, SHARED_GPU_RESOURCE } from '../catalog/resource-names.ts';
import type { GpuSharing } from './gpu-sharing.ts';

/** Devices that a node advertises, by resource name: `{"nvidia.com/gpu": 4}`. */
export type GpuDevices = Readonly<Record<string, number>>;

/** Extended resource of a MIG profile under strategy mixed: `1g.5gb+me` is `nvidia.com/mig-1g.5gb.me`. */
export function migResource(profile: string): string {
  return `${MIG_RESOURCE_PREFIX}${profile.replaceAll('+', '.')}`;
}

/** What a node with `physical` GPUs advertises under the pool's way of sharing (k8s-device-plugin naming). */
export function gpuDevices(sharing: GpuSharing, physical: number): GpuDevices {
  if (physical === 0) return {};
  switch (sharing.kind) {
    case 'exclusive':
      return { [GPU_RESOURCE]: physical };
    case 'time-slicing':
      return { [sharing.rename ? SHARED_GPU_RESOURCE : GPU_RESOURCE]: physical * sharing.replicas };
    case 'mig': {
      const counts = Object.entries(sharing.layout);
      if (sharing.strategy === 'single') {
        return { [GPU_RESOURCE]: physical * counts.reduce((sum, [, count]) => sum + count, 0) };
      }
      return Object.fromEntries(counts.map(([profile, count]) => [migResource(profile), physical * count]));
    }
  }
}

/** Resource name a session asks for on a pool: the one device kind, or that of the MIG profile it names. */
export function gpuResourceName(sharing: GpuSharing, migProfile: string | undefined): string {
  if (sharing.kind === 'mig' && sharing.strategy === 'mixed' && migProfile) return migResource(migProfile);
  return sharing.kind === 'time-slicing' && sharing.rename ? SHARED_GPU_RESOURCE : GPU_RESOURCE;
}
