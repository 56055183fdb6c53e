import { isDeepStrictEqual } from 'node:util';
import type { Bundle } from '../bundle/bundle.ts';
import { connect } from './api-client.ts';
import { ClusterError, type Report } from './cluster-error.ts';
import type { ClusterContext } from './component.ts';
import type { Waves } from './control-plane/components.ts';
import type { Controller, ControllerStart } from './controller.ts';
import { CONTROLLERS } from './controllers/registry.ts';
import { clusterAccess } from './kubeconfig.ts';
import { withPorts } from './ports.ts';
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

/** Does work for a controller of a cluster that runs, with a client that is closed afterwards. */
async function withStart(
  folder: string,
  settings: unknown,
  report: Report,
  signal: AbortSignal | undefined,
  work: (start: ControllerStart<unknown>) => Promise<void>,
): Promise<void> {
  const context = contextOf(folder, stateOf(folder));
  const client = connect(clusterAccess(folder, 'admin', portOf(context.ports, 'kube-apiserver')));
  try {
    await work({ context, settings, client, report, signal });
  } finally {
    client.close();
  }
}

async function stopController(folder: string, waves: Waves): Promise<void> {
  const names = waves.flat().map(({ name }) => name);
  const processes = stateOf(folder).processes.filter(({ name }) => names.includes(name));
  await stopProcesses(folder, processes);
}

/** Starts a controller, or leaves it alone where it runs with the same settings. One that fails is forgotten again. */
async function ensureController(
  folder: string,
  controller: Controller,
  settings: unknown,
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  for (const tool of controller.tools) await buildTool(tool, report, signal);
  const waves = controller.components(settings);
  const before = stateOf(folder);
  const same = isDeepStrictEqual(before.controllers[controller.name], settings);
  if (same && (await areReady(waves, contextOf(folder, before), before.processes))) return;
  await stopController(folder, waves);
  const wanted = waves.flat().flatMap((component) => component.ports);
  await withPorts(wanted, before.ports, async ({ ports }) => {
    updateState(folder, (current) => ({
      ...current,
      ports: { ...current.ports, ...ports },
      controllers: { ...current.controllers, [controller.name]: settings },
    }));
    try {
      await withStart(folder, settings, report, signal, async (start) => {
        await controller.prepare(start);
        await startComponents(waves, start.context, report, signal);
      });
    } catch (error) {
      await stopController(folder, waves);
      updateState(folder, ({ controllers: { [controller.name]: _, ...others }, ...state }) => ({
        ...state,
        controllers: others,
      }));
      throw error;
    }
  });
}

async function settleController(
  folder: string,
  controller: Controller,
  settings: unknown,
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  await withStart(folder, settings, report, signal, async (start) => controller.settle?.(start));
}

/** Which controllers to do something with, and how to speak about it. */
export interface ControllerWork {
  readonly bundle: Bundle;
  /** Names of the controllers; the others that the environment asks for are left alone. */
  readonly only: readonly string[];
  readonly report: Report;
  readonly signal?: AbortSignal;
}

async function forEachController(
  { bundle, only }: ControllerWork,
  work: (controller: Controller, settings: unknown) => Promise<void>,
): Promise<void> {
  for (const controller of controllersOf(bundle)) {
    if (only.includes(controller.name)) await work(controller, controller.settings(bundle));
  }
}

/** Starts the controllers that an environment asks for. */
export async function startControllers(folder: string, work: ControllerWork): Promise<void> {
  await forEachController(work, (controller, settings) =>
    ensureController(folder, controller, settings, work.report, work.signal),
  );
}

/** Waits until the controllers that an environment asks for do all of their work. */
export async function settleControllers(folder: string, work: ControllerWork): Promise<void> {
  await forEachController(work, (controller, settings) =>
    settleController(folder, controller, settings, work.report, work.signal),
  );
}

/** Starts again the controllers that the cluster had. */
export async function resumeControllers(folder: string, report: Report, signal?: AbortSignal): Promise<void> {
  for (const [name, settings] of Object.entries(stateOf(folder).controllers)) {
    const controller = CONTROLLERS.find((each) => each.name === name);
    if (controller === undefined) continue;
    await ensureController(folder, controller, settings, report, signal);
    try {
      await settleController(folder, controller, settings, report, signal);
    } catch (error) {
      // A policy that somebody spoilt is no reason to end the cluster.
      if (!(error instanceof ClusterError)) throw error;
      report(error.message);
    }
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
