import fc from 'fast-check';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { eksInput } from '../fixtures/environment.ts';

const GROUPS = ['data-science', 'gpu-users', 'Zed', 'amy-and-co', '1st'] as const;
const USERS = ['amy', 'Bob', '1user', 'carol@example.org'] as const;
const POOLS = ['cpu', 'gpu'] as const;

type Group = NonNullable<EnvironmentInput['groups']>[number];
type SessionProfile = EnvironmentInput['sessionProfiles'][number];

const someOf = <T>(items: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...items]);

/** Groups without circles: each includes only such as come before it, and then all change places. */
const groups: fc.Arbitrary<Group[]> = fc
  .tuple(
    ...GROUPS.map((name, index) =>
      fc.record({ includes: someOf(GROUPS.slice(0, index)), members: someOf(USERS), name: fc.constant(name) }),
    ),
  )
  .chain((all) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }));

const offeredTo: fc.Arbitrary<SessionProfile['offeredTo']> = fc.oneof(
  fc.constant('everyone' as const),
  fc
    .record({ groups: someOf(GROUPS), users: someOf([...USERS, 'dave']) })
    .filter(({ groups, users }) => groups.length + users.length > 0),
);

function profile(index: number): fc.Arbitrary<SessionProfile> {
  return fc
    .record({
      offeredTo,
      pool: fc.constantFrom(...POOLS),
      cpu: fc.integer({ min: 1, max: 64_000 }),
      gigabytes: fc.integer({ min: 1, max: 2000 }),
    })
    .map(({ offeredTo, pool, cpu, gigabytes }) => ({
      name: `profile-${index}`,
      title: `Profile ${index}`,
      pool,
      cpu: { request: `${Math.ceil(cpu / 2)}m`, limit: `${cpu}m` },
      memory: { request: `${gigabytes}G` },
      ...(pool === 'gpu' ? { gpu: { count: 1 + (index % 3) } } : {}),
      images: [pool === 'gpu' ? 'cuda' : 'base'],
      offeredTo,
    }));
}

/** Environments that differ in groups, members and who is offered which profile. */
export const arbitraryAccess: fc.Arbitrary<EnvironmentInput> = fc
  .tuple(groups, fc.integer({ min: 1, max: 5 }))
  .chain(([groups, count]) =>
    fc
      .tuple(...Array.from({ length: count }, (_, index) => profile(index)))
      .map((sessionProfiles) => eksInput({ groups, sessionProfiles })),
  );
