import { relative } from 'node:path';
import { environmentsFolder, listEnvironments } from '../../loader/find.ts';
import { synthesizeAll } from '../environments.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { formatTable, printMessage, printResult } from '../terminal.ts';

/** `atelier environments`: what there is, in one table. */
export async function runEnvironments(): Promise<ExitCode> {
  const folder = relative(process.cwd(), environmentsFolder()) || '.';
  const files = listEnvironments();
  if (files.length === 0) {
    printMessage(`${folder} holds no environment. Every command also takes the path of a .ts, .yaml or .json file.`);
    return EXIT.clean;
  }
  const environments = await synthesizeAll(files.map(({ name }) => name));
  const rows = environments.map(({ word, synthesis }) => {
    if (synthesis.kind === 'invalid') return [word, 'invalid', '', '', '', '', 'run "atelier check" to see why'];
    const { platform } = synthesis.bundle;
    const { cluster, autoscaler, tenancy, description } = platform.environment;
    const gpus = [...new Set(platform.pools.flatMap(({ gpuModel }) => gpuModel ?? []))].join(' ');
    return [
      word,
      cluster.kind,
      autoscaler.kind,
      gpus,
      tenancy.backend.kind,
      platform.tenants.length,
      description ?? '',
    ];
  });
  const heading = ['environment', 'cluster', 'autoscaler', 'gpus', 'tenancy', 'tenants', 'description'];
  printResult(formatTable([heading, ...rows]));
  return EXIT.clean;
}
