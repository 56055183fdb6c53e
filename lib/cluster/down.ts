import { existsSync, rmSync } from 'node:fs';
import { withLock } from './lock.ts';
import { stopProcesses } from './processes.ts';
import { clusterFolder, readState } from './state.ts';

/** Ends every process of a cluster. Its data goes too unless it is kept. False where there was no such cluster. */
export async function stopCluster(name: string, keep: boolean): Promise<boolean> {
  const folder = clusterFolder(name);
  if (!existsSync(folder)) return false;
  await withLock(folder, name, async () => {
    const state = readState(folder);
    if (state !== undefined) await stopProcesses(folder, state.processes);
  });
  if (!keep) rmSync(folder, { recursive: true, force: true });
  return true;
}
