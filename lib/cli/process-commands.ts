import type { Command } from 'commander';

/** `atelier process ...`: parts of a local cluster that are ours and run as processes of their own; not for people. */
export function addProcessCommands(atelier: Command): void {
  const processes = atelier.command('process', { hidden: true });

  processes
    .command('service-network')
    .requiredOption('--folder <folder>', 'folder of the cluster')
    .requiredOption('--port <port>', 'port of 127.0.0.1', Number)
    .action(async ({ folder, port }: { folder: string; port: number }) => {
      (await import('../cluster/control-plane/service-proxy.ts')).serveServiceNetwork(folder, port);
    });
}
