import type { DirectoryGroup } from './directory-group.ts';
import type { Environment } from './environment.ts';
import type { SessionProfile } from './session-profile.ts';

/** One section of Workbench's profile file: for everybody, one group or one user. */
export interface AccessSection {
  readonly who: { readonly kind: 'everyone' } | { readonly kind: 'group' | 'user'; readonly name: string };
  /** Profiles offered, in the order of the environment. */
  readonly profiles: readonly string[];
}

function offered(profile: SessionProfile, groups: ReadonlySet<string>, user: string | undefined): boolean {
  if (profile.offeredTo === 'everyone') return true;
  if (user !== undefined && profile.offeredTo.users.includes(user)) return true;
  return profile.offeredTo.groups.some((group) => groups.has(group));
}

/** The groups a group stands for: itself and all it includes, directly or not. Circles end where they began. */
export function includedGroups(groups: readonly DirectoryGroup[], names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const included of groups.find((group) => group.name === name)?.includes ?? []) visit(included);
  };
  names.forEach(visit);
  return seen;
}

/**
 * Profiles that a user with these groups is offered: those for everyone, his own, and those of his groups and of
 * the groups these include. This is what the environment means; `accessSections` says it in Workbench's terms.
 */
export function offeredProfiles(environment: Environment, groups: readonly string[], user?: string): readonly string[] {
  const closure = includedGroups(environment.groups, groups);
  return environment.sessionProfiles.filter((profile) => offered(profile, closure, user)).map(({ name }) => name);
}

/** Groups so that every group comes after those it includes: in Workbench the last matching group wins. */
function inclusionOrder(groups: readonly DirectoryGroup[]): readonly DirectoryGroup[] {
  const ordered: DirectoryGroup[] = [];
  const seen = new Set<string>();
  const visit = (group: DirectoryGroup): void => {
    if (seen.has(group.name)) return;
    seen.add(group.name);
    for (const name of group.includes) {
      const included = groups.find((candidate) => candidate.name === name);
      if (included) visit(included);
    }
    ordered.push(group);
  };
  groups.forEach(visit);
  return ordered;
}

function usersWithSections(environment: Environment, order: readonly DirectoryGroup[]): readonly AccessSection[] {
  const named = environment.sessionProfiles.flatMap((profile) =>
    profile.offeredTo === 'everyone' ? [] : profile.offeredTo.users,
  );
  const members = environment.groups.flatMap((group) => group.members);
  const users = [...new Set([...named, ...members])].sort();
  return users.flatMap((user) => {
    const groups = order.filter((group) => group.members.includes(user)).map(({ name }) => name);
    const profiles = offeredProfiles(environment, groups, user);
    const last = groups.at(-1);
    const wins = offeredProfiles(environment, last === undefined ? [] : [last]);
    const same = wins.length === profiles.length && wins.every((name) => profiles.includes(name));
    return same ? [] : [{ who: { kind: 'user', name: user } as const, profiles }];
  });
}

/**
 * The sections of launcher.kubernetes.profiles.conf, least specific first. Workbench takes each key from the last
 * section that matches (everyone, then groups, then users; rstudio-launcher-plugin-sdk), so a group's section repeats
 * what its included groups get, and a known user whose groups do not include each other gets a section of his own.
 */
export function accessSections(environment: Environment): readonly AccessSection[] {
  const order = inclusionOrder(environment.groups);
  return [
    { who: { kind: 'everyone' }, profiles: offeredProfiles(environment, []) },
    ...order.map((group) => ({
      who: { kind: 'group', name: group.name } as const,
      profiles: offeredProfiles(environment, [group.name]),
    })),
    ...usersWithSections(environment, order),
  ];
}
