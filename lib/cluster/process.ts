import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterError } from './cluster-error.ts';

/** A process that is surely the one meant: numbers are used again, a number with its start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As the operating system tells it: clock ticks since boot on Linux, a date elsewhere. */
  readonly startedAt: string;
}

const POLL_MS = 50;

/** Field 22 of /proc/PID/stat (proc(5)); the second field may hold spaces and parentheses. */
function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startElsewhere(pid: number): string | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const [, state, start] = /^(\S+)\s+(.+)$/.exec((stdout ?? '').trim()) ?? [];
  return state === undefined || state.startsWith('Z') ? undefined : start;
}

/** The running process of a number; undefined where there is none, or only its remains. */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = existsSync('/proc/self/stat') ? startOnLinux(pid) : startElsewhere(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isRunning({ pid, startedAt }: ProcessIdentity): boolean {
  return identify(pid)?.startedAt === startedAt;
}

/** Starts a program that outlives this one; everything it says goes to the log. */
export async function startProcess(
  binary: string,
  args: readonly string[],
  { log: logFile, cwd, env }: { log: string; cwd: string; env?: Readonly<Record<string, string>> | undefined },
): Promise<ProcessIdentity> {
  const log = openSync(logFile, 'w', 0o600);
  try {
    // A group of its own: Ctrl-C in the terminal reaches only the command that started it.
    const child = spawn(binary, args, {
      detached: true,
      stdio: ['ignore', log, log],
      cwd,
      env: { ...process.env, ...env },
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(new ClusterError(`Cannot run ${binary}: ${error.message}`)));
    });
    child.unref();
    const pid = child.pid ?? 0;
    return identify(pid) ?? { pid, startedAt: 'ended at once' };
  } finally {
    closeSync(log);
  }
}

function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    // It ended in between.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function ended(identity: ProcessIdentity, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (isRunning(identity)) {
    if (Date.now() > end) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** Asks a process to end, and makes it end after `graceMs`. Never touches another one that got its number. */
export async function stopProcess(identity: ProcessIdentity, graceMs: number): Promise<void> {
  signalProcess(identity, 'SIGTERM');
  if (await ended(identity, graceMs)) return;
  signalProcess(identity, 'SIGKILL');
  if (!(await ended(identity, 5_000))) throw new ClusterError(`Process ${identity.pid} cannot be ended.`);
}
