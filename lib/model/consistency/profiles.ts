import type { Path, PlacedProblem } from '../../core/path.ts';
import type { Environment } from '../environment.ts';
import type { SessionProfile } from '../session-profile.ts';
import { unknownReference } from './unknown-reference.ts';
import { windowProblems } from './weekly-window.ts';

const names = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name);

/** REF008: warm capacity where no node is ever waited for; REF006: at no time. */
function warmCapacityProblems(environment: Environment, profile: SessionProfile, at: Path): readonly PlacedProblem[] {
  const { warmCapacity } = profile;
  if (!warmCapacity) return [];
  const pool = environment.nodePools.find(({ name }) => name === profile.pool);
  const problems: PlacedProblem[] = [];
  if (pool?.capacity.kind === 'static' || environment.autoscaler.kind === 'none') {
    const message = `the nodes of pool "${profile.pool}" are always there, so nothing is kept ready that is not.`;
    const hint = 'Leave it out; to keep GPUs for a course, use a reservation.';
    problems.push({ code: 'REF008', at, message, hint });
  }
  const { schedule } = warmCapacity;
  const remedy = 'End before midnight, or leave the schedule out.';
  return schedule ? [...problems, ...windowProblems(schedule, [...at, 'schedule'], remedy)] : problems;
}

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
    if (profile.scheduler === 'packing' && environment.packingScheduler.kind === 'none') {
      const message = '"packing" is no scheduler of this environment: its pods would stay Pending for ever.';
      const hint = 'Set packingScheduler, or leave it out.';
      problems.push({ code: 'REF015', at: [...at, 'scheduler'], message, hint });
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
    problems.push(...warmCapacityProblems(environment, profile, [...at, 'warmCapacity']));
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
    return [...problems, ...windowProblems(reservation, at, 'Use two reservations for a night.')];
  });
}

/** References of profiles and reservations (REF002, REF003, REF005, REF006, REF015) and limits under requests (REF009). */
export function sessionProblems(environment: Environment): readonly PlacedProblem[] {
  const images = names(environment.images);
  const { defaultImage } = environment.workbench;
  return [
    ...profileProblems(environment),
    ...reservationProblems(environment),
    ...(images.includes(defaultImage)
      ? []
      : [unknownReference('REF003', ['workbench', 'defaultImage'], 'session image', defaultImage, images)]),
  ];
}
