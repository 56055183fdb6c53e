import { attachLocation, callerLocation } from './core/source.ts';
import type { EnvironmentInput } from './model/environment.ts';

type Item<Key extends keyof EnvironmentInput> =
  NonNullable<EnvironmentInput[Key]> extends readonly (infer Element)[] ? Element : never;

/** One entry of `nodePools`, as a person writes it. */
export type NodePoolInput = Item<'nodePools'>;
export type SessionProfileInput = Item<'sessionProfiles'>;
export type SessionImageInput = Item<'images'>;
export type GroupInput = Item<'groups'>;
export type ReservationInput = Item<'reservations'>;

// Each function returns its argument, typed, and remembers the line it was called from: that line is what the index
// of the output and every problem point to.
function remember<T extends object>(value: T, location: ReturnType<typeof callerLocation>): T {
  return location ? attachLocation(value, location) : value;
}

/** An environment. The default export of every file in stacks/environments. */
export function defineEnvironment(environment: EnvironmentInput): EnvironmentInput {
  return remember(environment, callerLocation(defineEnvironment));
}

/** A node pool: the single source of label, taint, toleration, selector, constraint and GPU resource name. */
export function nodePool(pool: NodePoolInput): NodePoolInput {
  return remember(pool, callerLocation(nodePool));
}

/** A session profile: what users may choose in Workbench. */
export function sessionProfile(profile: SessionProfileInput): SessionProfileInput {
  return remember(profile, callerLocation(sessionProfile));
}

/** A session image. */
export function sessionImage(image: SessionImageInput): SessionImageInput {
  return remember(image, callerLocation(sessionImage));
}

/** A group of the user directory. */
export function group(entry: GroupInput): GroupInput {
  return remember(entry, callerLocation(group));
}

/** GPUs kept free for a course at given times. */
export function reservation(entry: ReservationInput): ReservationInput {
  return remember(entry, callerLocation(reservation));
}
