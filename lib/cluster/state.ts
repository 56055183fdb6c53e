import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { ClusterError } from './cluster-error.ts';

const OptionsSchema = z.object({
  /**
   * Whether the API server's plugin ExtendedResourceToleration gives pods that ask for a GPU its toleration, as on EKS.
   * Without it a toleration that is missing shows.
   */
  extendedResourceToleration: z.boolean(),
  /** Components of the control plane that are left out. */
  without: z.array(z.string()),
});
/** What can be chosen of a control plane. */
export type ClusterOptions = Readonly<z.infer<typeof OptionsSchema>>;

export const DEFAULT_OPTIONS: ClusterOptions = { extendedResourceToleration: true, without: [] };

const StateFile = z.object({
  format: z.literal(2),
  options: OptionsSchema,
  /** A port of 127.0.0.1 for every listener. */
  ports: z.record(z.string(), z.number().int()),
  processes: z.array(z.object({ name: z.string(), pid: z.number().int(), startedAt: z.string() })),
  /** Controllers that an environment asked for, each with what it needs to start again. */
  controllers: z.record(z.string(), z.unknown()),
  /** The environment applied last: a name of stacks/environments, or the path of a file. */
  environment: z.string().optional(),
});

/** What is written down of a cluster while it runs, so that the next command finds it. */
export type ClusterState = z.infer<typeof StateFile>;
export type ClusterProcess = ClusterState['processes'][number];
export type Ports = Readonly<Record<string, number>>;

/** The port of a listener. A missing one is a mistake in the component that asks. */
export function portOf(ports: Ports, name: string): number {
  const port = ports[name];
  if (port === undefined) throw new Error(`No port was chosen for ${name}.`);
  return port;
}

function clustersFolder(): string {
  const state = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(state, 'atelier', 'clusters');
}

/** Everything of one cluster lies in this folder: keys, data, logs, kubeconfig, state. */
export function clusterFolder(name: string): string {
  if (!/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name)) {
    throw new ClusterError(
      `"${name}" is no name for a cluster: up to 40 lower case letters, digits and dashes, no dash at the ends.`,
    );
  }
  return join(clustersFolder(), name);
}

/** Names of the clusters that have a folder, running or not. */
export function listClusters(): readonly string[] {
  const folder = clustersFolder();
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

const stateFile = (folder: string): string => join(folder, 'state.json');

/** The state of a cluster; undefined where there is none. */
export function readState(folder: string): ClusterState | undefined {
  const file = stateFile(folder);
  if (!existsSync(file)) return undefined;
  try {
    return StateFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new ClusterError(
      `${file} cannot be understood. End the processes named in it by hand, then remove ${folder}.`,
    );
  }
}

/** Replaces the state at once: a reader never sees half of it. */
export function writeState(folder: string, state: ClusterState): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${stateFile(folder)}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, stateFile(folder));
}

/** Changes the state that is written down; there must be one. */
export function updateState(folder: string, change: (state: ClusterState) => ClusterState): ClusterState {
  const state = readState(folder);
  if (state === undefined) throw new Error(`There is no cluster in ${folder}.`);
  const changed = change(state);
  writeState(folder, changed);
  return changed;
}
