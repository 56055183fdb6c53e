import { TARGET_VERSIONS } from '../catalog/versions.ts';
import type { Rule } from './rule.ts';

export const testedVersion: Rule = {
  id: 'VER001',
  title: 'The Kubernetes version is the one that Atelier is tested with',
  severity: 'warning',
  protectsFrom: 'fields and behaviour that another version has or lacks',
  check: ({ platform }) => {
    const { kubernetesVersion } = platform.environment;
    if (kubernetesVersion === TARGET_VERSIONS.kubernetes) return [];
    const message = `"${kubernetesVersion}" is not ${TARGET_VERSIONS.kubernetes}, which Atelier is tested with.`;
    return [{ at: ['kubernetesVersion'], message, hint: 'Try it on a cluster that may break first.' }];
  },
};
