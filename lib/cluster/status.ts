import { existsSync } from 'node:fs';
import { logPath } from './control-plane.ts';
import { isRunning } from './process.ts';
import { COMPONENTS, type Component, clusterFolder, listClusters, readState } from './state.ts';
import { kubeconfigPath } from './up.ts';

export interface ComponentStatus {
  readonly name: Component;
  readonly running: boolean;
  readonly pid?: number;
  readonly port?: number;
  readonly log: string;
}

export interface ClusterStatus {
  readonly name: string;
  /** `broken`: some of its processes are gone; the next `up` mends that. */
  readonly condition: 'running' | 'stopped' | 'broken';
  readonly kubeconfig: string;
  readonly components: readonly ComponentStatus[];
}

/** What is known of a cluster; undefined where there is none of the name. */
export function clusterStatus(name: string): ClusterStatus | undefined {
  const folder = clusterFolder(name);
  if (!existsSync(folder)) return undefined;
  const state = readState(folder);
  const components = COMPONENTS.map((component): ComponentStatus => {
    const process = state?.processes.find((each) => each.name === component);
    return {
      name: component,
      running: process !== undefined && isRunning(process),
      ...(process ? { pid: process.pid } : {}),
      ...(state ? { port: state.ports[component] } : {}),
      log: logPath(folder, component),
    };
  });
  const running = components.filter((component) => component.running).length;
  const known = state?.processes.length ?? 0;
  const condition = running === components.length ? 'running' : running === 0 && known === 0 ? 'stopped' : 'broken';
  return { name, condition, kubeconfig: kubeconfigPath(folder), components };
}

/** Every cluster of this user. */
export function allClusters(): readonly ClusterStatus[] {
  return listClusters().flatMap((name) => clusterStatus(name) ?? []);
}
