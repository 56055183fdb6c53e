import { existsSync, rmSync } from 'node:fs';
import { stopControlPlane } from './control-plane.ts';
import { withLock } from './lock.ts';
import { clusterFolder, readState, writeState } from './state.ts';

/** Ends every process of a cluster. Its data goes too unless it is kept. False where there was no such cluster. */
export async function stopCluster(name: string, keep: boolean): Promise<boolean> {
  const folder = clusterFolder(name);
  if (!existsSync(folder)) return false;
  await withLock(folder, name, async () => {
    const state = readState(folder);
    if (state === undefined) return;
    await stopControlPlane(state);
    writeState(folder, { ...state, processes: [] });
  });
  if (!keep) rmSync(folder, { recursive: true, force: true });
  return true;
}
