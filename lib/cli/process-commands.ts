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

  processes
    .command('aws-forwarder')
    .requiredOption('--settings <file>', 'what Karpenter knows of the environment')
    .requiredOption('--port <port>', 'port of 127.0.0.1', Number)
    .requiredOption('--moto <port>', 'port of moto', Number)
    .action(async ({ settings, port, moto }: { settings: string; port: number; moto: number }) => {
      await (await import('../cluster/controllers/karpenter/aws-forwarder.ts')).serveAws(settings, port, moto);
    });

  processes
    .command('node-agents')
    .requiredOption('--folder <folder>', 'folder of the cluster')
    .requiredOption('--server <port>', 'port of the API server', Number)
    .requiredOption('--port <port>', 'port of 127.0.0.1', Number)
    .requiredOption('--startup <keys>', 'keys of the taints to take off, with commas')
    .action(async (options: { folder: string; server: number; port: number; startup: string }) => {
      const { serveNodeAgents } = await import('../cluster/controllers/nodes/serve-node-agents.ts');
      await serveNodeAgents(options.folder, options.server, options.port, options.startup.split(','));
    });
}
