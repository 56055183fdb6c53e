import { nameOption } from '../../cluster/cluster-name.ts';
import { startCluster } from '../../cluster/up.ts';
import { EXIT, type ExitCode, INTERRUPTED } from '../exit-code.ts';
import { messageColors, printMessage, printResult } from '../terminal.ts';

export interface ClusterUpOptions {
  readonly name: string;
  readonly extendedResourceToleration: boolean;
}

/** `atelier cluster up`: prints the path of the kubeconfig, so that it can be put into a variable. */
export async function runClusterUp({ name, extendedResourceToleration }: ClusterUpOptions): Promise<ExitCode> {
  const began = Date.now();
  const interrupt = new AbortController();
  const abort = (): void => interrupt.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, abort);
  try {
    const report = (line: string): void => printMessage(messageColors.dim(line));
    const { kubeconfig, started } = await startCluster(name, report, {
      extendedResourceToleration,
      signal: interrupt.signal,
    });
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    printMessage(started ? `Cluster "${name}" is ready after ${seconds} s.` : `Cluster "${name}" runs already.`);
    printMessage(messageColors.dim(`Next: atelier cluster apply dev${nameOption(name)}; its kubeconfig:`));
    printResult(kubeconfig);
    return EXIT.clean;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    printMessage('Interrupted; everything that was started has been ended.');
    return process.exit(INTERRUPTED);
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeListener(signal, abort);
  }
}
