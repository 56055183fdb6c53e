import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What one process took, as far as it was last seen. */
export interface ProcessUsage {
  readonly command: string;
  readonly cpuSeconds: number;
  /** Most memory it held at once. */
  readonly megabytes: number;
}

/** Clock ticks of the kernel in a second (getconf CLK_TCK), the same on every Linux. */
const TICKS = 100;
const SAMPLE_MS = 50;

interface Sample extends ProcessUsage {
  readonly parent: string;
}

function readProcess(pid: string): Sample | undefined {
  try {
    // Behind the name in brackets, which may hold blanks: state, parent, ... (proc_pid_stat(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0;
    return {
      parent: stat[1] ?? '',
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(),
      cpuSeconds: (Number(stat[11]) + Number(stat[12])) / TICKS,
      megabytes: Number(peak) / 1024,
    };
  } catch {
    // It ended in between.
    return undefined;
  }
}

/** Watches a process and all that come from it until it is told to stop, and then says what each took; nothing where there is no /proc. */
export function watchProcesses(root: number | undefined): () => readonly ProcessUsage[] {
  const seen = new Map<string, ProcessUsage>();
  const sample = (): void => {
    if (!existsSync('/proc/self/stat')) return;
    const all = new Map(
      readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((pid) => [pid, readProcess(pid)] as const),
    );
    const descends = (pid: string | undefined): boolean =>
      pid !== undefined && (pid === String(root) || descends(all.get(pid)?.parent));
    for (const [pid, usage] of all) if (usage && usage.command !== '' && descends(pid)) seen.set(pid, usage);
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    return [...seen.values()];
  };
}
