import { isDeepStrictEqual } from 'node:util';
import type { Bundle } from '../bundle/bundle.ts';
import { connect } from './api-client.ts';
import type { Report } from './cluster-error.ts';
import type { ClusterContext } from './component.ts';
import type { Controller } from './controller.ts';
import { CONTROLLERS } from './controllers/registry.ts';
import { clusterAccess } from './kubeconfig.ts';
import { choosePorts } from './ports.ts';
import { areReady, startComponents, stopProcesses } from './processes.ts';
import { type ClusterState, portOf, readState, updateState } from './state.ts';
import { buildTool } from './toolchain.ts';

/** The controllers that an environment asks for. */
export function controllersOf(bundle: Bundle): readonly Controller[] {
  return CONTROLLERS.filter((controller) => controller.settings(bundle) !== undefined);
}

const contextOf = (folder: string, { ports, options }: ClusterState): ClusterContext => ({ folder, ports, options });

function stateOf(folder: string): ClusterState {
  const state = readState(folder);
  if (state === undefined) throw new Error(`There is no cluster in ${folder}.`);
  return state;
}

/** Starts a controller, or leaves it alone where it runs with the same settings. */
async function ensureController(
  folder: string,
  controller: Controller,
  settings: unknown,
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  for (const tool of controller.tools) await buildTool(tool, report, signal);
  const waves = controller.components(settings);
  const names = waves.flat().map(({ name }) => name);
  const before = stateOf(folder);
  const same = isDeepStrictEqual(before.controllers[controller.name], settings);
  if (same && (await areReady(waves, contextOf(folder, before), before.processes))) return;
  await stopProcesses(
    folder,
    before.processes.filter(({ name }) => names.includes(name)),
  );
  const wanted = waves.flat().flatMap((component) => component.ports);
  const { ports } = await choosePorts(wanted, before.ports);
  const state = updateState(folder, (current) => ({
    ...current,
    ports: { ...current.ports, ...ports },
    controllers: { ...current.controllers, [controller.name]: settings },
  }));
  const context = contextOf(folder, state);
  const client = connect(clusterAccess(folder, 'admin', portOf(state.ports, 'kube-apiserver')));
  try {
    const start = { context, settings, client, report, signal };
    await controller.prepare(start);
    await startComponents(waves, context, report, signal);
    await controller.settle?.(start);
  } finally {
    client.close();
  }
}

/** Starts the controllers that an environment asks for, those named in `only` where it is given. */
export async function startControllers(
  folder: string,
  bundle: Bundle,
  report: Report,
  only?: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  for (const controller of controllersOf(bundle)) {
    if (only !== undefined && !only.includes(controller.name)) continue;
    await ensureController(folder, controller, controller.settings(bundle), report, signal);
  }
}

/** Starts again the controllers that the cluster had. */
export async function resumeControllers(folder: string, report: Report, signal?: AbortSignal): Promise<void> {
  for (const [name, settings] of Object.entries(stateOf(folder).controllers)) {
    const controller = CONTROLLERS.find((each) => each.name === name);
    if (controller !== undefined) await ensureController(folder, controller, settings, report, signal);
  }
}

/** Whether all controllers that the cluster had run and answer. */
export async function controllersAreReady(folder: string, state: ClusterState): Promise<boolean> {
  const answers = Object.entries(state.controllers).map(([name, settings]) => {
    const controller = CONTROLLERS.find((each) => each.name === name);
    if (controller === undefined) return Promise.resolve(true);
    return areReady(controller.components(settings), contextOf(folder, state), state.processes);
  });
  return (await Promise.all(answers)).every(Boolean);
}
