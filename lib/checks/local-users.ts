import type { Rule } from './rule.ts';

export const localUsers: Rule = {
  id: 'WB014',
  title: 'With several servers, users come from a directory',
  severity: 'warning',
  protectsFrom: 'users who can sign in at one server and are unknown at the next',
  because:
    'PAM with local accounts knows the users of one container. Each server has its own, and a restart forgets them.',
  source: 'Posit Workbench administration guide, "PAM Authentication" and "Load Balancing: Requirements"',
  example: {
    of: 'environment',
    breaks: `groups: []
sessionProfiles:
  - { name: gpu, offeredTo: everyone }
workbench:
  replicas: 2
  authentication: { kind: pam }
  database: { kind: postgresql, host: postgres.example.org, password: { name: workbench-database, key: password } }`,
    mended: `groups: []
sessionProfiles:
  - { name: gpu, offeredTo: everyone }
workbench:
  replicas: 1
  authentication: { kind: pam }
  database: { kind: postgresql, host: postgres.example.org, password: { name: workbench-database, key: password } }`,
  },
  check: ({ platform }) => {
    const { authentication, replicas } = platform.environment.workbench;
    if (authentication.kind !== 'pam' || replicas === 1) return [];
    const message = `"pam" asks each of ${replicas} servers for its own users.`;
    return [
      {
        at: ['workbench', 'authentication', 'kind'],
        message,
        hint: 'Use openid-connect or saml, run one server, or bring the users into all servers (sssd).',
      },
    ];
  },
};
