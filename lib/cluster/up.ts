import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './cluster-error.ts';
import { isReady, startControlPlane, stopControlPlane } from './control-plane.ts';
import { clusterAccess, writeKubeconfig } from './kubeconfig.ts';
import { withLock } from './lock.ts';
import { ensurePki } from './pki.ts';
import { choosePorts } from './ports.ts';
import { isRunning } from './process.ts';
import { clusterFolder, readState, writeState } from './state.ts';
import { buildTool } from './toolchain.ts';
import { ETCD, KUBERNETES } from './tools.ts';

export interface StartedCluster {
  readonly folder: string;
  readonly kubeconfig: string;
  /** False where it ran already. */
  readonly started: boolean;
}

export const kubeconfigPath = (folder: string): string => join(folder, 'kubeconfig');

/**
 * Starts a cluster, or leaves it alone where it runs. What an earlier one left, running or not, is ended first; its data
 * is kept. Where anything fails, or the signal fires, everything that was started is ended again.
 */
export async function startCluster(name: string, report: Report, signal?: AbortSignal): Promise<StartedCluster> {
  const folder = clusterFolder(name);
  const kubeconfig = kubeconfigPath(folder);
  for (const tool of [ETCD, KUBERNETES]) await buildTool(tool, report, signal);
  return withLock(folder, name, async () => {
    const previous = readState(folder);
    if (previous !== undefined) {
      if (await isReady(folder, previous)) return { folder, kubeconfig, started: false };
      const left = previous.processes.filter(isRunning).map((process) => process.name);
      if (left.length > 0) report(`ending what is left of an earlier run: ${left.join(', ')}`);
      await stopControlPlane(previous);
    }
    signal?.throwIfAborted();

    mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
    ensurePki(join(folder, 'pki'));
    const { ports, taken } = await choosePorts(previous?.ports);
    for (const port of taken) {
      report(`port ${previous?.ports[port]} of ${port} is taken by another program; using ${ports[port]}`);
    }
    writeState(folder, { format: 1, ports, processes: [] });
    writeKubeconfig(kubeconfig, name, clusterAccess(folder, 'admin', ports['kube-apiserver']));
    for (const client of ['kube-controller-manager', 'kube-scheduler'] as const) {
      const access = clusterAccess(folder, client, ports['kube-apiserver']);
      writeKubeconfig(join(folder, `${client}.kubeconfig`), client, access);
    }
    try {
      await startControlPlane(folder, ports, report, signal);
    } catch (error) {
      const state = readState(folder);
      if (state !== undefined) await stopControlPlane(state);
      throw error;
    }
    return { folder, kubeconfig, started: true };
  });
}
