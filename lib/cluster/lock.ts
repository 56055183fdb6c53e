import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterError } from './cluster-error.ts';
import { identify, isRunning, type ProcessIdentity } from './process.ts';

const ATTEMPTS = 5;

function holder(file: string): ProcessIdentity | undefined {
  try {
    const [pid = '', startedAt = ''] = readFileSync(file, 'utf8').trim().split('\n');
    return { pid: Number(pid), startedAt };
  } catch {
    return undefined;
  }
}

/** Takes the lock, whole or not at all; the lock of a process that is gone does not count. */
function acquire(file: string, own: ProcessIdentity, name: string): void {
  const claim = `${file}.${own.pid}`;
  writeFileSync(claim, `${own.pid}\n${own.startedAt}\n`);
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        linkSync(claim, file);
        return;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
      const other = holder(file);
      if ((other !== undefined && isRunning(other)) || attempt === ATTEMPTS) {
        throw new ClusterError(
          `Another command (process ${other?.pid ?? 'unknown'}) is working on cluster "${name}". Wait for it to end, or give --name another name.`,
        );
      }
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(claim, { force: true });
  }
}

/** Does work on a cluster that no two commands may do at the same time. */
export async function withLock<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'lock');
  const own = identify(process.pid) ?? { pid: process.pid, startedAt: '' };
  acquire(file, own, name);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
