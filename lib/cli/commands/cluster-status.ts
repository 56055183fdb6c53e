import { nameOption } from '../../cluster/cluster-name.ts';
import { allClusters } from '../../cluster/status.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { formatTable, printMessage, printResult } from '../terminal.ts';

/** `atelier cluster status`: every cluster of this user, a line for each process. */
export async function runClusterStatus(): Promise<ExitCode> {
  const clusters = allClusters();
  if (clusters.length === 0) {
    printMessage('No cluster. "atelier cluster up" starts one.');
    return EXIT.clean;
  }
  const rows = clusters.flatMap(({ name, components }) =>
    components.map(({ name: component, running, pid, port, log }) => [
      name,
      component,
      running ? 'running' : 'not running',
      running && pid !== undefined ? pid : '',
      port ?? '',
      log,
    ]),
  );
  printResult(formatTable([['cluster', 'process', '', 'pid', 'port', 'log'], ...rows]));
  for (const { name, condition, kubeconfig } of clusters) {
    const remedy = condition === 'broken' ? `, "atelier cluster up${nameOption(name)}" mends it` : '';
    printMessage(`${name}: ${condition}${remedy}; KUBECONFIG=${kubeconfig}`);
  }
  return EXIT.clean;
}
