import type { Rule } from './rule.ts';

export const userWithoutGroups: Rule = {
  id: 'WB004',
  title: 'Users who are named by profiles are listed as members of their groups',
  severity: 'warning',
  protectsFrom: 'a user who loses what his groups are offered: in Workbench his own section wins over theirs',
  because:
    'Of the sections that match a user Workbench lets the last one win, and his own comes after those of his groups. What they are offered does not add up.',
  source: 'Posit Job Launcher documentation, "User and Group Profiles"',
  example: {
    of: 'environment',
    breaks: `sessionProfiles:
  - { name: gpu, offeredTo: { groups: [gpu-users], users: [alice] } }`,
    mended: `groups:
  - { name: gpu-users, members: [alice] }
sessionProfiles:
  - { name: gpu, offeredTo: { groups: [gpu-users], users: [alice] } }`,
  },
  check: ({ platform }) => {
    const members = new Set(platform.environment.groups.flatMap((group) => group.members));
    if (platform.environment.groups.length === 0) return [];
    return platform.profiles.flatMap(({ at, spec }) => {
      const named = spec.offeredTo === 'everyone' ? [] : spec.offeredTo.users;
      return named
        .filter((user) => !members.has(user))
        .map((user) => ({
          at: [...at, 'offeredTo', 'users', named.indexOf(user)],
          message: `"${user}" is a member of no group here, so his section offers him this profile and those for everyone.`,
          hint: 'List him under members of his groups.',
        }));
    });
  },
};
