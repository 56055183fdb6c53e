import { list } from '../../core/words.ts';
import { type PriorityStep, placeholderStep } from '../../model/priority-ladder.ts';
import { warmCapacities } from '../../model/warm-capacity.ts';
import { displaces } from '../../scheduling/displacement.ts';
import type { Line, Step } from '../explanation.ts';
import { filesOf, placeAt } from '../scene.ts';
import { line } from '../words.ts';
import type { Session } from './session.ts';

/** Somebody else whose pods run on the nodes of the pool. */
interface Neighbour {
  readonly name: string;
  readonly step: PriorityStep;
}

function neighbours({ platform, pool, profile }: Session): readonly Neighbour[] {
  const { environment, profiles, spark } = platform;
  const step = (name: string | undefined): PriorityStep | undefined =>
    environment.priorities.find((each) => each.name === name);
  const placeholder = placeholderStep(environment.priorities);
  const onPool = (name: string): boolean => profiles.some((each) => each.name === name && each.pool === pool.name);
  const all: readonly (readonly [string, PriorityStep | undefined])[] = [
    ...profiles
      .filter((each) => each.pool === pool.name && each !== profile)
      .map((each) => [`sessions of ${each.name}`, step(each.priorityClass)] as const),
    ...(spark?.driver.pool === pool.name ? [['Spark drivers', step(spark.driver.priorityClass)] as const] : []),
    ...(spark?.executor.pool === pool.name ? [['Spark executors', step(spark.executor.priorityClass)] as const] : []),
    ...environment.reservations
      .filter(({ course }) => onPool(course))
      .map(({ name }) => [`placeholders of reservation ${name}`, placeholder] as const),
    ...warmCapacities(platform)
      .filter((warm) => warm.pool === pool)
      .map((warm) => [`placeholders of ${warm.profile.name}`, placeholder] as const),
  ];
  return all.flatMap(([name, of]) => (of ? [{ name, step: of }] : []));
}

/** Where the class stands on the ladder, whom a session may end to get room, and who may end it. */
export function explainPriority(session: Session): Step {
  const { scene, platform, profile, pool } = session;
  const own = platform.environment.priorities.find(({ name }) => name === profile.priorityClass);
  const others = neighbours(session);
  const object = scene.bundle.objects.filter(
    ({ manifest }) => manifest.kind === 'PriorityClass' && manifest.metadata.name === profile.priorityClass,
  );
  const victims = own ? others.filter(({ step }) => displaces(own, step)).map(({ name }) => name) : [];
  const preemptors = own ? others.filter(({ step }) => displaces(step, own)).map(({ name }) => name) : [];
  const lines: readonly Line[] = [
    ...(victims.length > 0 ? [line(`On a full node it ends ${list(victims)}.`)] : []),
    ...(preemptors.length > 0 ? [line(`It is itself ended by ${list(preemptors)}.`)] : []),
  ];
  const displaced = victims.length === 0 ? 'displaces nobody' : 'displaces others';
  const safe = preemptors.length === 0 ? 'nobody displaces it' : 'others displace it';
  return {
    id: 'priority',
    verdict: preemptors.length > 0 ? 'care' : 'fine',
    summary: own
      ? `class ${own.name} (${own.value}): on pool ${pool.name} it ${displaced}, and ${safe}`
      : 'no class: priority 0',
    lines,
    places: [placeAt(scene, [...profile.at, 'priorityClass'])],
    files: filesOf(object),
    facts: {
      class: profile.priorityClass,
      value: own?.value ?? 0,
      preempts: own?.preempts ?? false,
      displaces: victims,
      displacedBy: preemptors,
    },
  };
}
