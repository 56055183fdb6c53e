import { LABELS } from '../catalog/labels.ts';

export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/**
 * Labels by which Pod Security admission holds a namespace to a level. The version is pinned to that of the cluster, so
 * that an upgrade of Kubernetes does not change what is refused. In a baseline namespace the restricted level is warned
 * about and audited, which shows what stands in the way of it.
 */
export function podSecurityLabels(
  level: PodSecurityLevel,
  kubernetesVersion: string,
): Readonly<Record<string, string>> {
  const shown = level === 'baseline' ? 'restricted' : level;
  const modes = { enforce: level, audit: shown, warn: shown };
  return Object.fromEntries(
    Object.entries(modes).flatMap(([mode, value]) => [
      [`${LABELS.podSecurityPrefix}${mode}`, value],
      [`${LABELS.podSecurityPrefix}${mode}-version`, `v${kubernetesVersion}`],
    ]),
  );
}
