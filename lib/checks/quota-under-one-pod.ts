import { describeBytes, formatMillicpu } from '../core/quantity.ts';
import type { Finding, Rule } from './rule.ts';

export const quotaUnderOnePod: Rule = {
  id: 'TEN001',
  title: 'Every quota has room for one container of its default size',
  severity: 'error',
  protectsFrom: 'a namespace that refuses its first pod',
  because:
    'A quota on CPU or memory counts what the LimitRange gives to containers that ask for nothing. Where that is more than the quota, the first pod is refused.',
  source: 'Kubernetes documentation, "Resource Quotas" and "Limit Ranges"',
  example: {
    of: 'environment',
    breaks: `tenants:
  - { name: tiny, quota: { cpu: 100m, memory: 4Gi } }`,
    mended: `tenants:
  - { name: tiny, quota: { cpu: 1, memory: 4Gi } }`,
  },
  check: ({ platform }) =>
    platform.tenants.flatMap(({ at, quota, podDefaults }): readonly Finding[] => {
      if (!quota) return [];
      const { request } = podDefaults;
      const findings: Finding[] = [];
      if (quota.cpu !== undefined && quota.cpu < request.cpu) {
        findings.push({
          at: [...at, 'quota', 'cpu'],
          message: `${formatMillicpu(quota.cpu)} is less than one container gets by default (${formatMillicpu(request.cpu)}).`,
          hint: 'Raise the quota or lower podDefaults.',
        });
      }
      if (quota.memory !== undefined && quota.memory < request.memory) {
        findings.push({
          at: [...at, 'quota', 'memory'],
          message: `${describeBytes(quota.memory)} is less than one container gets by default (${describeBytes(request.memory)}).`,
          hint: 'Raise the quota or lower podDefaults.',
        });
      }
      if (quota.pods === 0) {
        const message = '0 pods: nothing could run here.';
        findings.push({ at: [...at, 'quota', 'pods'], message, hint: 'Raise the number or leave it out.' });
      }
      return findings;
    }),
};
