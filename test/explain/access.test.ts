import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessOf } from '../../lib/explain/audience.ts';
import { profilesConf } from '../../lib/workbench/profiles-conf.ts';
import { platformOf } from '../fixtures/environment.ts';
import { arbitraryAccess } from '../workbench/arbitrary-access.ts';
import { listFor, loadProfiles } from '../workbench/launcher-access.ts';

const NAMES = ['amy', 'Bob', '1user', 'carol@example.org', 'dave', 'stranger'];

test('GIVEN random groups and offers WHEN anybody in any groups asks THEN the section that explain names offers what the launcher reads from its file (WB-1, PROVE-2)', () => {
  let offers = 0;
  fc.assert(
    fc.property(arbitraryAccess, fc.constantFrom(...NAMES), fc.infiniteStream(fc.boolean()), (input, user, coins) => {
      const platform = platformOf(input);
      const known = platform.environment.groups.map(({ name }) => name);
      const asked = known.filter(() => coins.next().value);
      const { groups, section } = accessOf(platform, { user, groups: asked });
      const read = listFor(loadProfiles(profilesConf(platform), known), { name: user, groups }, 'resource-profiles');
      expect(section.profiles).toEqual(read);
      offers += read.length;
    }),
    { numRuns: 200 },
  );
  expect(offers).toBeGreaterThan(100);
});
