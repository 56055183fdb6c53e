import type { PlacedProblem } from '../../core/path.ts';
import { includedGroups } from '../access.ts';
import type { Environment } from '../environment.ts';
import { unknownReference } from './unknown-reference.ts';

function profileAccess(environment: Environment): readonly PlacedProblem[] {
  const known = environment.groups.map(({ name }) => name);
  return environment.sessionProfiles.flatMap(({ offeredTo }, index) => {
    const at = ['sessionProfiles', index, 'offeredTo'];
    if (offeredTo === 'everyone') return [];
    if (offeredTo.groups.length + offeredTo.users.length === 0) {
      return [{ code: 'REF004', at, message: 'names nobody.', hint: 'Name groups or users, or write "everyone".' }];
    }
    return offeredTo.groups.flatMap((name, position) =>
      known.includes(name)
        ? []
        : [unknownReference('REF004', [...at, 'groups', position], 'group of groups', name, known)],
    );
  });
}

function inclusions(environment: Environment): readonly PlacedProblem[] {
  const known = environment.groups.map(({ name }) => name);
  return environment.groups.flatMap((group, index) =>
    group.includes.flatMap((name, position): PlacedProblem[] => {
      const at = ['groups', index, 'includes', position];
      if (!known.includes(name)) return [unknownReference('REF004', at, 'group of groups', name, known)];
      if (includedGroups(environment.groups, [name]).has(group.name)) {
        return [
          { code: 'REF004', at, message: `"${name}" includes "${group.name}" again.`, hint: 'Break the circle.' },
        ];
      }
      return [];
    }),
  );
}

/** REF004: profiles offered to groups that are not listed, groups that include unknown groups or themselves. */
export function accessProblems(environment: Environment): readonly PlacedProblem[] {
  return [...profileAccess(environment), ...inclusions(environment)];
}
