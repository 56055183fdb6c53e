import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { includedGroups, offeredProfiles } from '../../lib/model/access.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { imageReference } from '../../lib/model/session-image.ts';
import { profilesConf } from '../../lib/workbench/profiles-conf.ts';
import { resourcesConf } from '../../lib/workbench/resources-conf.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { arbitraryAccess } from './arbitrary-access.ts';
import { readIni, type Section } from './ini.ts';
import { listFor, loadProfiles, type SystemUser, valueFor } from './launcher-access.ts';

/** Users whose groups the environment speaks of; of others in several groups Workbench lets the last one win. */
function usersOf({ environment }: Platform): readonly SystemUser[] {
  const { groups, sessionProfiles } = environment;
  const named = sessionProfiles.flatMap(({ offeredTo }) => (offeredTo === 'everyone' ? [] : offeredTo.users));
  const known = new Set([...named, ...groups.flatMap(({ members }) => members)]);
  const strangers = groups.flatMap(({ name }) => [
    [name],
    [...includedGroups(groups, [name])],
    ...[...includedGroups(groups, [name])].map((included) => [included, name]),
  ]);
  return [
    { name: 'nobody-in-particular', groups: [] },
    ...strangers.map((of) => ({ name: 'stranger', groups: of })),
    ...[...known].map((name) => ({
      name,
      groups: groups.filter(({ members }) => members.includes(name)).map((group) => group.name),
    })),
  ];
}

function loadFiles(platform: Platform): {
  readonly access: readonly Section[];
  readonly resources: readonly Section[];
} {
  const groups = platform.environment.groups.map(({ name }) => name);
  return { access: loadProfiles(profilesConf(platform), groups), resources: readIni(resourcesConf(platform)) };
}

/** Checks every user against what the environment means; answers how many there were. */
function checkEveryUser(input: EnvironmentInput): number {
  const platform = platformOf(input);
  const { environment } = platform;
  const { access, resources } = loadFiles(platform);
  const users = usersOf(platform);
  for (const user of users) {
    const about = `${user.name} of ${user.groups.join(', ') || 'no group'}`;
    const meant = offeredProfiles(environment, user.groups, user.name);
    expect(listFor(access, user, 'resource-profiles'), about).toEqual(meant);

    const chosen = resources.filter(({ name }) => meant.includes(name));
    const needed = chosen.flatMap(({ values }) => (values.get('placement-constraints') ?? '').split(','));
    expect(new Set(listFor(access, user, 'placement-constraints')), about).toEqual(new Set(needed));
    expect(valueFor(access, user, 'allow-custom-resources')).toBe('0');
    expect(valueFor(access, user, 'allow-unknown-images')).toBe('0');

    const most = (key: string): number => Math.max(0, ...chosen.map(({ values }) => Number(values.get(key) ?? 0)));
    expect(Number(valueFor(access, user, 'max-nvidia-gpus')), about).toBe(most('nvidia-gpus'));
    expect(Number(valueFor(access, user, 'max-cpus') ?? 0), about).toBe(most('cpus'));
    expect(Number(valueFor(access, user, 'max-mem-mb') ?? 0), about).toBe(most('mem-mb'));

    const images = listFor(access, user, 'container-images');
    const names = new Set([
      environment.workbench.defaultImage,
      ...environment.sessionProfiles.filter(({ name }) => meant.includes(name)).flatMap((profile) => profile.images),
    ]);
    const offered = environment.images.filter(({ name }) => names.has(name));
    expect(new Set(images), about).toEqual(
      new Set(offered.map((each) => imageReference(each, environment.registry.host))),
    );
    expect(images).toContain(valueFor(access, user, 'default-container-image'));
  }
  return users.length;
}

describe('launcher files', () => {
  it.each([
    ['EKS', eksInput()],
    ['on-premises', onPremisesInput()],
  ])('WB-1: GIVEN the %s fixture WHEN its files are read back THEN every user is offered what is meant', (_, input) => {
    expect(checkEveryUser(input)).toBeGreaterThan(2);
  });

  it('WB-1: GIVEN random groups and offers WHEN the files are read back THEN every user is offered what is meant', () => {
    let users = 0;
    fc.assert(
      fc.property(arbitraryAccess, (input) => {
        users += checkEveryUser(input);
      }),
      { numRuns: 60, seed: 11 },
    );
    expect(users).toBeGreaterThan(600);
  });

  it('WB-1: GIVEN profiles WHEN written THEN the UI shows them in the order of the environment, numbers as plain text', () => {
    const profiles = eksInput().sessionProfiles;
    const [small, gpu] = profiles;
    if (!small || !gpu) throw new Error('fixture has two profiles');
    const { resources } = loadFiles(
      platformOf(
        eksInput({
          sessionProfiles: [
            { ...gpu, memory: { request: '1200G' } },
            { ...small, name: '0-small' },
          ],
        }),
      ),
    );
    expect(resources.map(({ name }) => name)).toEqual(['gpu', '0-small']);
    expect(Object.fromEntries(resources[0]?.values ?? [])).toEqual({
      name: 'GPU (1x A10G, 3 CPU, 12 GB)',
      cpus: '3',
      'cpus-request': '3',
      'mem-mb': '1200000',
      'mem-mb-request': '1200000',
      'nvidia-gpus': '1',
      'placement-constraints': 'atelier.dev/node-pool:gpu,atelier.dev/session-profile:gpu',
    });
    expect(resources[1]?.values.get('cpus-request')).toBe('0.5');
    expect(resources[1]?.values.has('nvidia-gpus')).toBe(false);
  });

  it('WB-1: GIVEN nothing for everyone WHEN written THEN the lists are there and empty, so that nothing is inherited', () => {
    const only = { groups: ['gpu-users'] };
    const sessionProfiles = eksInput().sessionProfiles.map((profile) => ({ ...profile, offeredTo: only }));
    const [everyone] = loadFiles(platformOf(eksInput({ sessionProfiles }))).access;
    expect(everyone?.name).toBe('*');
    expect(everyone?.values.get('resource-profiles')).toBe('');
    expect(everyone?.values.get('placement-constraints')).toBe('');
    expect(everyone?.values.get('max-nvidia-gpus')).toBe('0');
  });

  it('WB-1: GIVEN a group that includes one listed after it WHEN written THEN it comes later, and wins', () => {
    const groups = [{ name: 'gpu-users', includes: ['data-science'] }, { name: 'data-science' }];
    const { access } = loadFiles(platformOf(eksInput({ groups })));
    expect(access.map(({ name }) => name)).toEqual(['*', '@data-science', '@gpu-users']);
    const member = { name: 'x', groups: ['gpu-users', 'data-science'] };
    expect(listFor(access, member, 'resource-profiles')).toEqual(['small', 'gpu']);
  });

  it('GIVEN a group the system does not have WHEN the launcher loads the file THEN it rejects all of it', () => {
    const text = profilesConf(platformOf(eksInput()));
    expect(() => loadProfiles(text, ['data-science'])).toThrow('unknown group @gpu-users');
  });
});
