import { TARGET_VERSIONS } from '../catalog/versions.ts';
import type { Rule } from './rule.ts';

export const testedVersion: Rule = {
  id: 'VER001',
  title: 'The Kubernetes version is the one that Atelier is tested with',
  severity: 'warning',
  protectsFrom: 'fields and behaviour that another version has or lacks',
  because:
    'Kinds, defaults and the behaviour of the scheduler change from minor to minor version; controllers support a few of them.',
  source: 'Kubernetes documentation, "Version Skew Policy"',
  example: {
    of: 'environment',
    breaks: 'kubernetesVersion: "1.34"',
    mended: 'kubernetesVersion: "1.36"',
  },
  check: ({ platform }) => {
    const { kubernetesVersion } = platform.environment;
    if (kubernetesVersion === TARGET_VERSIONS.kubernetes) return [];
    const message = `"${kubernetesVersion}" is not ${TARGET_VERSIONS.kubernetes}, which Atelier is tested with.`;
    return [{ at: ['kubernetesVersion'], message, hint: 'Try it on a cluster that may break first.' }];
  },
};
