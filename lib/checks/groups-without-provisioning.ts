import type { Rule } from './rule.ts';

export const groupsWithoutProvisioning: Rule = {
  id: 'WB003',
  title: 'With single sign-on, groups reach Workbench by SCIM',
  severity: 'warning',
  protectsFrom: 'a profile file that Workbench rejects whole, because one of its groups does not exist on the server',
  check: ({ platform }) => {
    const { groups, workbench } = platform.environment;
    if (groups.length === 0 || workbench.scim || workbench.authentication.kind === 'pam') return [];
    const message = `"${workbench.authentication.kind}" tells who somebody is, not which groups there are.`;
    return [{ at: ['workbench', 'authentication'], message, hint: 'Set workbench.scim to true, or leave groups out.' }];
  },
};
