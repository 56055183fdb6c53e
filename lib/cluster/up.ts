import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Report } from './cluster-error.ts';
import type { Waves } from './control-plane/components.ts';
import { controlPlane } from './control-plane/components.ts';
import { controllersAreReady, resumeControllers } from './controllers.ts';
import { clusterAccess, writeKubeconfig } from './kubeconfig.ts';
import { withLock } from './lock.ts';
import { ensurePki } from './pki.ts';
import { withPorts } from './ports.ts';
import { isRunning } from './process.ts';
import { areReady, startComponents, stopProcesses } from './processes.ts';
import { type ClusterOptions, clusterFolder, DEFAULT_OPTIONS, portOf, readState, writeState } from './state.ts';
import { buildTool } from './toolchain.ts';

export interface StartedCluster {
  readonly folder: string;
  readonly kubeconfig: string;
  /** False where it ran already. */
  readonly started: boolean;
}

export const kubeconfigPath = (folder: string): string => join(folder, 'kubeconfig');

async function build(waves: Waves, report: Report, signal?: AbortSignal): Promise<void> {
  for (const tool of new Set(waves.flat().flatMap((component) => component.tool ?? []))) {
    await buildTool(tool, report, signal);
  }
}

/**
 * Starts a cluster with the controllers it had, or leaves it alone where it runs. What an earlier one left, running or
 * not, is ended first; its data is kept. Where anything fails, or the signal fires, everything that was started is ended
 * again.
 */
export async function startCluster(
  name: string,
  report: Report,
  { signal, ...chosen }: Partial<ClusterOptions> & { readonly signal?: AbortSignal } = {},
): Promise<StartedCluster> {
  const folder = clusterFolder(name);
  const kubeconfig = kubeconfigPath(folder);
  const options: ClusterOptions = { ...DEFAULT_OPTIONS, ...chosen };
  const waves = controlPlane(options);
  await build(waves, report, signal);
  return withLock(folder, name, async () => {
    const previous = readState(folder);
    if (previous !== undefined) {
      const context = { folder, ports: previous.ports, options };
      const same = isDeepStrictEqual(previous.options, options);
      if (same && (await areReady(waves, context, previous.processes))) {
        if (await controllersAreReady(folder, previous)) return { folder, kubeconfig, started: false };
        await resumeControllers(folder, report, signal);
        return { folder, kubeconfig, started: true };
      }
      const left = previous.processes.filter(isRunning).map((process) => process.name);
      if (left.length > 0) report(`ending what is left of an earlier run: ${left.join(', ')}`);
      await stopProcesses(folder, previous.processes);
    }
    signal?.throwIfAborted();

    mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
    ensurePki(join(folder, 'pki'));
    const listeners = waves.flat().flatMap((component) => component.ports);
    await withPorts(listeners, previous?.ports ?? {}, async ({ ports, taken }) => {
      for (const port of taken) {
        report(`port ${previous?.ports[port]} of ${port} is taken by another program; using ${ports[port]}`);
      }
      writeState(folder, {
        controllers: {},
        ...previous,
        format: 2,
        options,
        ports: { ...previous?.ports, ...ports },
        processes: [],
      });
      writeKubeconfig(kubeconfig, name, clusterAccess(folder, 'admin', portOf(ports, 'kube-apiserver')));
      try {
        await startComponents(waves, { folder, ports, options }, report, signal);
        await resumeControllers(folder, report, signal);
      } catch (error) {
        await stopProcesses(folder, readState(folder)?.processes ?? []);
        throw error;
      }
    });
    return { folder, kubeconfig, started: true };
  });
}
