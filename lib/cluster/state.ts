import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { ClusterError } from './cluster-error.ts';

/** The processes of a control plane, in the order in which they start. */
export const COMPONENTS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;
export type Component = (typeof COMPONENTS)[number];

const PORTS = ['etcd', 'etcdPeer', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;
export type PortName = (typeof PORTS)[number];
/** A port of 127.0.0.1 for every listener. */
export type Ports = Readonly<Record<PortName, number>>;

const StateFile = z.object({
  format: z.literal(1),
  ports: z.record(z.enum(PORTS), z.number().int()),
  processes: z.array(z.object({ name: z.enum(COMPONENTS), pid: z.number().int(), startedAt: z.string() })),
});

/** What is written down of a cluster while it runs, so that the next command finds it. */
export type ClusterState = z.infer<typeof StateFile>;
export type ClusterProcess = ClusterState['processes'][number];

export const DEFAULT_NAME = 'local';
export const PORT_NAMES: readonly PortName[] = PORTS;

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
