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

/** A controller with its settings in an environment. */
type Chosen = readonly [controller: Controller, settings: unknown];

/** Starts a controller, or leaves it alone where it runs with the same settings. One that fails is forgotten again. */
async function ensureController(
  folder: string,
  [controller, settings]: Chosen,
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
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

/** Does the work for all at the same time, to the end also where one of them fails. */
async function forAll(chosen: readonly Chosen[], work: (each: Chosen) => Promise<void>): Promise<void> {
  const outcomes = await Promise.allSettled(chosen.map(work));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Starts controllers side by side, because each of them mostly waits; those that look at the others come after them. */
async function ensureControllers(
  folder: string,
  chosen: readonly Chosen[],
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  // One build takes all of the machine.
  for (const tool of chosen.flatMap(([{ tools }]) => tools)) await buildTool(tool, report, signal);
  for (const last of [false, true]) {
    const now = chosen.filter(([{ startsLast = false }]) => startsLast === last);
    await forAll(now, (each) => ensureController(folder, each, report, signal));
  }
}

async function settleController(
  folder: string,
  [controller, settings]: Chosen,
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

const chosenOf = ({ bundle, only }: ControllerWork): readonly Chosen[] =>
  controllersOf(bundle)
    .filter(({ name }) => only.includes(name))
    .map((controller) => [controller, controller.settings(bundle)]);

/** Starts the controllers that an environment asks for. */
export function startControllers(folder: string, work: ControllerWork): Promise<void> {
  return ensureControllers(folder, chosenOf(work), work.report, work.signal);
}

/** Waits until the controllers that an environment asks for do all of their work. */
export function settleControllers(folder: string, work: ControllerWork): Promise<void> {
  return forAll(chosenOf(work), (each) => settleController(folder, each, work.report, work.signal));
}

/** Starts again the controllers that the cluster had. */
export async function resumeControllers(folder: string, report: Report, signal?: AbortSignal): Promise<void> {
  const chosen = Object.entries(stateOf(folder).controllers).flatMap(([name, settings]): readonly Chosen[] => {
    const controller = CONTROLLERS.find((each) => each.name === name);
    return controller === undefined ? [] : [[controller, settings]];
  });
  await ensureControllers(folder, chosen, report, signal);
  await forAll(chosen, async (each) => {
    try {
      await settleController(folder, each, report, signal);
    } catch (error) {
      // A policy that somebody spoilt is no reason to end the cluster.
      if (!(error instanceof ClusterError)) throw error;
      report(error.message);
    }
  });
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
