import { distinct } from '../core/words.ts';
import { type AccessSection, offeredProfiles } from '../model/access.ts';
import type { Platform } from '../model/platform.ts';
import type { TenantNode } from '../model/tenant-tree.ts';

/** For whom a profile is explained: a user, groups, or both. */
export interface Audience {
  readonly user?: string;
  readonly groups: readonly string[];
}

/** What the launcher finds for somebody. */
export interface Access {
  /** The groups that were named, and those in which the environment lists the user. */
  readonly groups: readonly string[];
  /** Sections that match, least specific first. */
  readonly matching: readonly AccessSection[];
  /** The one that counts: the last that matches (rstudio-launcher-plugin-sdk, AbstractUserProfiles.cpp). */
  readonly section: AccessSection;
  /** Profiles that the environment means for them, whatever Workbench makes of it. */
  readonly meant: readonly string[];
}

/** Groups of the audience, with those whose `members` name the user. */
function groupsOf({ environment }: Platform, { user, groups }: Audience): readonly string[] {
  const listed = environment.groups.filter(({ members }) => user !== undefined && members.includes(user));
  return distinct([...groups, ...listed.map(({ name }) => name)]);
}

function matches({ who }: AccessSection, groups: readonly string[], user: string | undefined): boolean {
  switch (who.kind) {
    case 'everyone':
      return true;
    case 'group':
      return groups.includes(who.name);
    case 'user':
      return who.name === user;
  }
}

/** Which sections of the launcher's files match the audience, and which of them counts. */
export function accessOf(platform: Platform, audience: Audience): Access {
  const groups = groupsOf(platform, audience);
  // Sections stand in the order of their kinds, everyone first and users last.
  const matching = platform.access.filter((section) => matches(section, groups, audience.user));
  return {
    groups,
    matching,
    section: matching.at(-1) ?? { who: { kind: 'everyone' }, profiles: [] },
    meant: offeredProfiles(platform.environment, groups, audience.user),
  };
}

/** `user alice in gpu-users`, `somebody in gpu-users`. */
export function describeAudience(platform: Platform, audience: Audience): string {
  const groups = groupsOf(platform, audience);
  const who = audience.user === undefined ? 'somebody' : `user ${audience.user}`;
  return groups.length === 0 ? who : `${who} in ${groups.join(' and ')}`;
}

/** People by what they are to a tenant. */
export type People = Readonly<Record<'owners' | 'members', TenantNode['owners']>>;

/** Everybody who has rights in a tenant: its own people and those of the tenants above it. */
export function peopleOf({ tenants }: Platform, tenant: TenantNode): People {
  const line = tenants.filter(({ name }) => name === tenant.name || tenant.ancestors.includes(name));
  const unite = (as: keyof People): TenantNode['owners'] => ({
    groups: distinct(line.flatMap((each) => each[as].groups)),
    users: distinct(line.flatMap((each) => each[as].users)),
  });
  return { owners: unite('owners'), members: unite('members') };
}

/** Tenants in whose namespaces the audience may run something: folders hold none. */
export function tenantsOf(platform: Platform, audience: Audience): readonly TenantNode[] {
  const groups = groupsOf(platform, audience);
  return platform.tenants.filter((tenant) => {
    const { owners, members } = peopleOf(platform, tenant);
    const named = [owners, members].some(
      (people) =>
        people.groups.some((name) => groups.includes(name)) ||
        (audience.user !== undefined && people.users.includes(audience.user)),
    );
    return tenant.kind === 'workspace' && named;
  });
}

/** Every group that the environment names somewhere. */
export function knownGroups({ environment, tenants }: Platform): readonly string[] {
  const ofTenants = tenants.flatMap(({ owners, members }) => [...owners.groups, ...members.groups]);
  return distinct([...environment.groups.map(({ name }) => name), ...ofTenants]);
}
