import { stopCluster } from '../../cluster/down.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printMessage } from '../terminal.ts';

export interface ClusterDownOptions {
  readonly name: string;
  readonly keep: boolean;
}

/** `atelier cluster down`: it is no mistake to end what does not run. */
export async function runClusterDown({ name, keep }: ClusterDownOptions): Promise<ExitCode> {
  const existed = await stopCluster(name, keep);
  if (!existed) printMessage(`There is no cluster "${name}".`);
  else printMessage(keep ? `Cluster "${name}" is stopped; its data is kept.` : `Cluster "${name}" is gone.`);
  return EXIT.clean;
}
