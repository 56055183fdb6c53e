import type { Bundle } from '../../bundle/bundle.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Profile } from '../../model/profile.ts';
import type { ApiClient } from '../api-client.ts';

/** Who a line is about. */
export type Actor = 'session' | 'scheduler' | 'autoscaler' | 'node' | 'demo';
export type Tell = (actor: Actor, text: string) => void;

export interface DemoOptions {
  readonly client: ApiClient;
  readonly bundle: Bundle;
  readonly profile: Profile;
  /** The Job that the launcher would send. */
  readonly job: JsonObject;
  /** Who adds and removes nodes on this cluster; `by-hand`: nobody runs who would, so the demo does what it would do. */
  readonly scaling: 'karpenter' | 'cluster-autoscaler' | 'by-hand' | 'none';
  /** Seconds a node may be empty; undefined: as the environment says. */
  readonly idleSeconds: number | undefined;
  /** Seconds the session runs. */
  readonly runSeconds: number;
  readonly tell: Tell;
  /** Says what is waited for, again and again. */
  readonly waitFor: (what: string) => void;
  readonly signal: AbortSignal;
}

/** What a demo came to. Times in seconds. */
export interface DemoResult {
  /** From the session's start to its pod running. */
  readonly waited: number;
  /** Nodes that came for it; 0 where one was there. */
  readonly launched: number;
  /** Of these, nodes that stay because placeholders hold them for the next session. */
  readonly kept: number;
  /** From the session's end until all others were gone; undefined where none came. */
  readonly untilGone?: number;
  /** List price of the nodes that came, for the time they were there. */
  readonly usd?: number;
}
