import type { PlacedProblem } from '../../core/path.ts';
import { isTimeZone } from '../../core/time-zone.ts';
import type { Environment } from '../environment.ts';
import { unknownReference } from './unknown-reference.ts';

const names = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name);

function profileProblems(environment: Environment): readonly PlacedProblem[] {
  const pools = names(environment.nodePools);
  const images = names(environment.images);
  const classes = names(environment.priorities);
  return environment.sessionProfiles.flatMap((profile, index) => {
    const at = ['sessionProfiles', index];
    const problems: PlacedProblem[] = [];
    if (!pools.includes(profile.pool)) {
      problems.push(unknownReference('REF002', [...at, 'pool'], 'node pool', profile.pool, pools));
    }
    profile.images.forEach((image, position) => {
      if (images.includes(image)) return;
      problems.push(unknownReference('REF003', [...at, 'images', position], 'session image', image, images));
    });
    if (profile.priorityClass !== undefined && !classes.includes(profile.priorityClass)) {
      problems.push(
        unknownReference('REF005', [...at, 'priorityClass'], 'step of priorities', profile.priorityClass, classes),
      );
    }
    for (const [key, { request, limit }] of Object.entries({ cpu: profile.cpu, memory: profile.memory })) {
      if (limit === undefined || limit >= request) continue;
      problems.push({
        code: 'REF009',
        at: [...at, key, 'limit'],
        message: 'is below the request.',
        hint: 'Raise the limit or lower the request.',
      });
    }
    for (const [key, value] of Object.entries({
      cpu: profile.cpu.request,
      memory: profile.memory.request,
      idleTimeout: profile.idleTimeout,
      maxLifetime: profile.maxLifetime,
    })) {
      if (value === undefined || value > 0) continue;
      problems.push({ code: 'REF009', at: [...at, key], message: 'is 0.', hint: 'Use more, or leave it out.' });
    }
    return problems;
  });
}

function reservationProblems(environment: Environment): readonly PlacedProblem[] {
  const profiles = names(environment.sessionProfiles);
  return environment.reservations.flatMap((reservation, index): PlacedProblem[] => {
    const at = ['reservations', index];
    const profile = environment.sessionProfiles.find(({ name }) => name === reservation.course);
    if (!profile)
      return [unknownReference('REF006', [...at, 'course'], 'session profile', reservation.course, profiles)];
    const problems: PlacedProblem[] = [];
    if (!profile.gpu) {
      const message = `"${profile.name}" asks for no GPU, so there is nothing to hold.`;
      problems.push({ code: 'REF006', at: [...at, 'course'], message, hint: 'Name a profile with a GPU.' });
    }
    if (reservation.to <= reservation.from) {
      const message = `"${reservation.to}" is not later than "${reservation.from}".`;
      problems.push({ code: 'REF006', at: [...at, 'to'], message, hint: 'Use two reservations for a night.' });
    }
    if (!isTimeZone(reservation.timeZone)) {
      const zones = Intl.supportedValuesOf('timeZone');
      problems.push(unknownReference('REF006', [...at, 'timeZone'], 'IANA time zone', reservation.timeZone, zones));
    }
    return problems;
  });
}

/** References of profiles and reservations (REF002, REF003, REF005, REF006) and limits under requests (REF009). */
export function sessionProblems(environment: Environment): readonly PlacedProblem[] {
  const images = names(environment.images);
  const { defaultImage } = environment.workbench;
  return [
    ...profileProblems(environment),
    ...reservationProblems(environment),
    ...(images.includes(defaultImage)
      ? []
      : [unknownReference('REF003', ['workbench', 'defaultImage'], 'session image', defaultImage, images)]),
    ...environment.images.flatMap((image, index): PlacedProblem[] =>
      image.tag === 'latest'
        ? [
            {
              code: 'REF003',
              at: ['images', index, 'tag'],
              message: '"latest" makes two sessions of one profile differ.',
              hint: 'Name a version.',
            },
          ]
        : [],
    ),
  ];
}
