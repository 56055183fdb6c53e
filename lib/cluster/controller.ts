import type { Bundle, Manifest } from '../bundle/bundle.ts';
import type { ApiClient } from './api-client.ts';
import type { Report } from './cluster-error.ts';
import type { ClusterContext } from './component.ts';
import type { Waves } from './control-plane/components.ts';
import type { GoTool } from './tools.ts';

/** What a controller's start may use. */
export interface ControllerStart<Settings> {
  readonly context: ClusterContext;
  readonly settings: Settings;
  readonly client: ApiClient;
  readonly report: Report;
  readonly signal: AbortSignal | undefined;
}

/**
 * A controller that an environment asks for, such as Karpenter or Kyverno: really run, as one process or several. Its
 * settings are JSON and written down, so that the next `up` starts it as it was.
 */
export interface Controller<Settings = unknown> {
  readonly name: string;
  /** What it does here, for people: `launches nodes of the NodePools`. */
  readonly summary: string;
  readonly tools: readonly GoTool[];
  /** Whether it has to know who else runs, and so starts when all others do. @default false */
  readonly startsLast?: boolean;
  /** What it needs to know of an environment; undefined where the environment does not ask for it. */
  settings(bundle: Bundle): Settings | undefined;
  /** Makes what its processes need: files, objects, routes of its Services. Repeated at every start. */
  prepare(start: ControllerStart<Settings>): Promise<void>;
  components(settings: Settings): Waves;
  /** Whether it answers the webhooks of a configuration, so that this can be put in force. */
  answers?(webhookConfiguration: Manifest): boolean;
  /**
   * Waits for what is ready only some time after its processes, such as webhooks. Called when the webhook configurations
   * of the environment are there, and again when everything is.
   */
  settle?(start: ControllerStart<Settings>): Promise<void>;
}
