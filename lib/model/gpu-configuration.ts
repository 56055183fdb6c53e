import { fitName } from '../core/names.ts';
import type { GpuSharing } from './gpu-sharing.ts';
import type { MigLayout } from './mig-layout.ts';

/**
 * Name of the mig-parted configuration of a layout: `2x1g.5gb_1x3g.20gb`. It names the content, not the pool, because
 * nvidia-mig-manager acts when the node label changes and never when the text behind it does (mig-parted 0.15.0
 * cmd/nvidia-mig-manager). `+` is no character of a label value; NVIDIA writes `.` for it too.
 */
export function migConfigName(layout: MigLayout): string {
  const parts = Object.entries(layout).map(([profile, count]) => ({ profile: profile.replaceAll('+', '.'), count }));
  const sorted = parts.sort((a, b) => (a.profile < b.profile ? -1 : 1));
  return fitName(sorted.map(({ profile, count }) => `${count}x${profile}`).join('_'));
}

/**
 * Name of the device plugin's configuration for a way of sharing: `time-slicing-4-renamed`; `undefined` where the
 * default serves. It names the content for the same reason: the plugin's config-manager follows the node label alone
 * (k8s-device-plugin 0.20.0 cmd/config-manager).
 */
export function sharingConfigName(sharing: GpuSharing): string | undefined {
  if (sharing.kind !== 'time-slicing') return undefined;
  return `time-slicing-${sharing.replicas}${sharing.rename ? '-renamed' : ''}`;
}
