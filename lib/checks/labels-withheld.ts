import { tenantLabels, withheldLabels } from '../model/tenant-labels.ts';
import type { Rule } from './rule.ts';

export const labelsWithheld: Rule = {
  id: 'TEN005',
  title: 'With HNC and self-service, a workspace and everything below it have one tier and one access to GPUs',
  severity: 'error',
  protectsFrom:
    'a tenant without the rights the environment promises: HNC labels whole subtrees, so all get the lesser right',
  because:
    'Namespaces that users make themselves get their labels from HNC, which labels a subtree as a whole and takes off what others write.',
  source: 'HNC 1.1.0, docs/user-guide/how-to.md "Propagate labels"; lib/model/tenant-labels.ts',
  example: {
    of: 'environment',
    breaks: `tenants:
  - { name: research, selfService: true }`,
    mended: `tenants:
  - { name: research, selfService: false }`,
  },
  check: ({ platform }) =>
    withheldLabels(tenantLabels(platform.environment, platform.tenants)).map(({ tenant, key, wanted, actual }) => ({
      at: tenant.at,
      message: `should carry ${key}=${wanted} and would carry ${key}=${actual}, because a tenant above or below wants another value.`,
      hint: 'Make the tenant that holds both a folder, and put what differs beside it.',
    })),
};
