import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterError, type Report } from './cluster-error.ts';
import type { ClusterContext, Component } from './component.ts';
import type { Waves } from './control-plane/components.ts';
import { failureOf } from './logs.ts';
import { isRunning, type ProcessIdentity, startProcess, stopProcess } from './process.ts';
import { type ClusterProcess, portOf, updateState } from './state.ts';

const POLL_MS = 100;
/** Ten times what a slow laptop needs. */
const READY_TIMEOUT_MS = 120_000;
/** How long a process that runs may leave a question unanswered before it counts as stuck. */
const BUSY_MS = 30_000;
/** The processes save what they have when asked to end; then they are made to. */
const GRACE_MS = 10_000;

export const logPath = (folder: string, name: string): string => join(folder, 'logs', `${name}.log`);

async function isReady(component: Component, context: ClusterContext): Promise<boolean> {
  try {
    return await component.isReady(context);
  } catch {
    return false;
  }
}

async function untilReady(
  component: Component,
  context: ClusterContext,
  process: ProcessIdentity,
  signal?: AbortSignal,
): Promise<void> {
  const { name } = component;
  const log = logPath(context.folder, name);
  for (const end = Date.now() + READY_TIMEOUT_MS; ; ) {
    signal?.throwIfAborted();
    if (await isReady(component, context)) return;
    if (!isRunning(process)) throw new ClusterError(`${name} ended while it started. ${failureOf(log)}`);
    if (Date.now() > end) {
      throw new ClusterError(`${name} was not ready after ${READY_TIMEOUT_MS / 1000} s. ${failureOf(log)}`);
    }
    await sleep(POLL_MS);
  }
}

/** Whether every one of the components runs and answers, which a busy machine may take a while for. */
export async function areReady(
  waves: Waves,
  context: ClusterContext,
  processes: readonly ClusterProcess[],
): Promise<boolean> {
  const components = waves.flat();
  const run = (): boolean =>
    components.every((component) => processes.some((each) => each.name === component.name && isRunning(each)));
  for (const end = Date.now() + BUSY_MS; run() && Date.now() < end; await sleep(POLL_MS)) {
    const answers = await Promise.all(components.map((component) => isReady(component, context)));
    if (answers.every(Boolean)) return true;
  }
  return false;
}

/**
 * Starts one wave of components after the other, and waits until each is ready. Every process is written down as soon
 * as it runs. Where one fails, those started before it are left to the caller.
 */
export async function startComponents(
  waves: Waves,
  context: ClusterContext,
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  const { folder, ports } = context;
  for (const wave of waves) {
    const waits: (() => Promise<void>)[] = [];
    for (const component of wave) {
      const { program, args, env } = await component.command(context);
      const identity = await startProcess(program, args, { log: logPath(folder, component.name), cwd: folder, env });
      const own: ClusterProcess = { name: component.name, ...identity };
      updateState(folder, (state) => ({
        ...state,
        processes: [...state.processes.filter(({ name }) => name !== own.name), own],
      }));
      waits.push(async () => {
        await untilReady(component, context, identity, signal);
        report(`${component.name} ready on 127.0.0.1:${portOf(ports, component.ports[0])}`);
      });
    }
    await Promise.all(waits.map((wait) => wait()));
  }
}

/** Ends processes, last started first, and strikes them out of the state. */
export async function stopProcesses(folder: string, processes: readonly ClusterProcess[]): Promise<void> {
  for (const process of [...processes].reverse()) await stopProcess(process, GRACE_MS);
  const ended = new Set(processes.map(({ name }) => name));
  updateState(folder, (state) => ({ ...state, processes: state.processes.filter(({ name }) => !ended.has(name)) }));
}
