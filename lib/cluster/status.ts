import { existsSync } from 'node:fs';
import type { Component } from './component.ts';
import { controlPlane } from './control-plane/components.ts';
import { CONTROLLERS } from './controllers/registry.ts';
import { isRunning } from './process.ts';
import { logPath } from './processes.ts';
import { type ClusterState, clusterFolder, DEFAULT_OPTIONS, listClusters, readState } from './state.ts';
import { kubeconfigPath } from './up.ts';

export interface ComponentStatus {
  readonly name: string;
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

/** The components that should run: the control plane and the controllers an environment asked for. */
function expectedComponents(state: ClusterState | undefined): readonly Component[] {
  const controllers = CONTROLLERS.flatMap((controller) => {
    const settings = state?.controllers[controller.name];
    return settings === undefined ? [] : controller.components(settings).flat();
  });
  return [...controlPlane(state?.options ?? DEFAULT_OPTIONS).flat(), ...controllers];
}

/** What is known of a cluster; undefined where there is none of the name. */
export function clusterStatus(name: string): ClusterStatus | undefined {
  const folder = clusterFolder(name);
  if (!existsSync(folder)) return undefined;
  const state = readState(folder);
  const components = expectedComponents(state).map(({ name: component, ports: [port] }): ComponentStatus => {
    const process = state?.processes.find((each) => each.name === component);
    const number = state?.ports[port];
    return {
      name: component,
      running: process !== undefined && isRunning(process),
      ...(process ? { pid: process.pid } : {}),
      ...(number === undefined ? {} : { port: number }),
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
