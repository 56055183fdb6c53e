import type { ClusterOptions, Ports } from './state.ts';
import type { GoTool } from './tools.ts';

/** What a component is told of the cluster that it belongs to. */
export interface ClusterContext {
  /** Folder of the cluster: keys, data, logs. */
  readonly folder: string;
  readonly ports: Ports;
  readonly options: ClusterOptions;
}

/** How a process is started. */
export interface Command {
  /** Path of the program. */
  readonly program: string;
  readonly args: readonly string[];
  /** Variables besides those of our own process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** One process of a cluster. Everything it opens listens on 127.0.0.1. */
export interface Component {
  /** Unique in a cluster; its log has this name. */
  readonly name: string;
  /** What has to be built before it starts; undefined for programs that need no building. */
  readonly tool?: GoTool;
  /** Names of the ports it listens on, unique in a cluster; the first one is what `status` shows. */
  readonly ports: readonly [string, ...string[]];
  /** May write files of its own into the cluster's folder. */
  readonly command: (context: ClusterContext) => Command | Promise<Command>;
  /** Whether it does its work; asked until it is true. May throw where nothing listens yet. */
  readonly isReady: (context: ClusterContext) => Promise<boolean>;
}
