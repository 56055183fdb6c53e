import type { Platform } from './platform.ts';
import { sessionDemand } from './pod-demands.ts';
import { podsPerNode } from './pods-per-node.ts';
import type { Pool } from './pool.ts';
import type { Profile } from './profile.ts';
import { profilePool } from './session-pools.ts';
import { type WeeklyWindow, windowSeconds } from './weekly-window.ts';

/** Room that is kept ready for sessions of one profile, with what follows from it. */
export interface WarmCapacity {
  readonly profile: Profile;
  readonly pool: Pool;
  readonly sessions: number;
  /** `undefined`: always. */
  readonly schedule?: WeeklyWindow;
}

/** Nodes of one type that the placeholders of a profile keep up. */
export interface WarmNodes {
  readonly type: string;
  readonly count: number;
  /** Of all of them, on demand in us-east-1; `undefined` where the catalogue knows no price. */
  readonly usdPerHour?: number;
}

/** Warm capacity of every profile that states one, in the order of the environment. */
export function warmCapacities(platform: Platform): readonly WarmCapacity[] {
  return platform.profiles.flatMap((profile) => {
    const pool = profilePool(platform, profile);
    return pool && profile.spec.warmCapacity ? [{ profile, pool, ...profile.spec.warmCapacity }] : [];
  });
}

/** The cheapest nodes that hold the warm capacity, of the first type where prices are unknown; none where nothing fits. */
export function warmNodes({ profile, pool, sessions }: WarmCapacity): WarmNodes | undefined {
  const demand = sessionDemand(profile);
  const ways = pool.nodes.flatMap((node): readonly WarmNodes[] => {
    const each = podsPerNode(demand, pool, node);
    if (each === 0) return [];
    const count = Math.ceil(sessions / each);
    const { type, usdPerHour } = node;
    return [{ type, count, ...(usdPerHour === undefined ? {} : { usdPerHour: usdPerHour * count }) }];
  });
  const priced = ways.flatMap((way) => (way.usdPerHour === undefined ? [] : [{ way, price: way.usdPerHour }]));
  priced.sort((a, b) => a.price - b.price);
  return priced[0]?.way ?? ways[0];
}

/** Hours a week in which the capacity is held. */
export function warmHoursPerWeek({ schedule }: Pick<WarmCapacity, 'schedule'>): number {
  return schedule ? (schedule.days.length * windowSeconds(schedule)) / 3600 : 168;
}

/** What warm capacity costs, one sentence for each profile that has one. */
export function warmCapacityNotes(platform: Platform): readonly string[] {
  return warmCapacities(platform).flatMap((warm): readonly string[] => {
    const nodes = warmNodes(warm);
    if (!nodes) return [];
    const { type, count, usdPerHour } = nodes;
    const hours = warmHoursPerWeek(warm);
    const price =
      usdPerHour === undefined
        ? ''
        : `, about ${usdPerHour.toFixed(2)} USD an hour and ${(usdPerHour * hours).toFixed(0)} USD a week (on demand, us-east-1)`;
    return [
      `Warm capacity of "${warm.profile.name}" (sessions: ${warm.sessions}): ${count} x ${type}, ${hours} hours a week${price}.`,
    ];
  });
}
