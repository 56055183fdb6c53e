import type { Rule } from './rule.ts';

export const groupsWithoutProvisioning: Rule = {
  id: 'WB003',
  title: 'Groups that profiles are offered to reach Workbench, by SCIM',
  severity: 'warning',
  protectsFrom: 'a profile file that Workbench rejects whole, because one of its groups does not exist on the server',
  because:
    'Workbench looks every `[@group]` of the profile file up on the server. One that is unknown makes the launcher refuse the file, so that nobody can start anything.',
  source: 'Posit Workbench administration guide, "User Provisioning (SCIM)" and launcher.kubernetes.profiles.conf',
  example: {
    of: 'environment',
    breaks: 'workbench: { scim: false }',
    mended: 'workbench: { scim: true }',
  },
  check: ({ platform }) => {
    const { groups, workbench } = platform.environment;
    if (groups.length === 0 || workbench.scim) return [];
    const message = `"${workbench.authentication.kind}" tells who somebody is, not which groups there are; Workbench rejects all profiles for one unknown group.`;
    return [
      {
        at: ['workbench', 'authentication'],
        message,
        hint: 'Set workbench.scim to true, leave groups out, or bring users and groups into the servers yourself (sssd).',
      },
    ];
  },
};
