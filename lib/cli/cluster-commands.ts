import type { Command } from 'commander';
import type { ClusterApplyOptions } from './commands/cluster-apply.ts';
import type { ClusterUpOptions } from './commands/cluster-up.ts';
import type { ExitCode } from './exit-code.ts';

const NAME = ['-n, --name <name>', 'which cluster; several run side by side', 'local'] as const;

function parseControllers(text: string): ClusterApplyOptions['controllers'] {
  return text === 'all' || text === 'none' ? text : text.split(',').map((name) => name.trim());
}

/** `atelier cluster ...`: a real control plane on this machine. */
export function addClusterCommands(atelier: Command, finish: (code: ExitCode) => void): void {
  const cluster = atelier
    .command('cluster')
    .summary('try an environment on a real control plane on this machine')
    .description(
      'Runs a real Kubernetes control plane (etcd, API server, controller manager, scheduler) as plain processes on 127.0.0.1, with no containers and no cloud account, and applies environments to it.',
    )
    .addHelpText(
      'after',
      `
A first try:
  atelier cluster up            builds the control plane once (Go 1.26, about 5 minutes), then starts it in seconds
  atelier cluster apply prod    sends what synth makes, unmodified; the server refuses whatever is wrong
  atelier cluster status        what runs, where the logs and the kubeconfig are
  atelier cluster down          ends it and removes its data`,
    );

  cluster
    .command('up')
    .summary('start a cluster')
    .description(
      'Starts a cluster and waits until it is ready; prints the path of its kubeconfig. What an earlier command left behind is cleared first. Ctrl-C ends everything it started.',
    )
    .option(...NAME)
    .option(
      '--no-extended-resource-toleration',
      'without the admission plugin that gives GPU pods their toleration (EKS has it), so that a missing one shows',
    )
    .addHelpText('after', '\nExample:\n  export KUBECONFIG=$(atelier cluster up)\n  kubectl get namespaces')
    .action(async (options: ClusterUpOptions) => {
      finish(await (await import('./commands/cluster-up.ts')).runClusterUp(options));
    });

  cluster
    .command('apply')
    .summary('apply environments to a running cluster')
    .description(
      'Applies every object of the environment phase by phase, by server-side apply with strict field validation: a misspelt field is refused. Helm releases are named, not installed; webhook configurations are checked by the server, but not put in force, because nothing here answers them.',
    )
    .argument('<environment>', 'name of stacks/environments, or path of a .ts, .yaml or .json file')
    .option(...NAME)
    .option(
      '-c, --controllers <list>',
      'which of its controllers to run: all, none, or names with commas',
      parseControllers,
      'all',
    )
    .addHelpText('after', '\nExit code 1: the server refused an object, or does not know its kind.')
    .action(async (word: string, options: ClusterApplyOptions) => {
      finish(await (await import('./commands/cluster-apply.ts')).runClusterApply(word, options));
    });

  cluster
    .command('status')
    .summary('say what runs')
    .description('Lists the clusters of this machine with their processes, ports and logs.')
    .action(async () => {
      finish(await (await import('./commands/cluster-status.ts')).runClusterStatus());
    });

  cluster
    .command('down')
    .summary('end a cluster')
    .description('Ends every process of a cluster and removes its data, logs and keys.')
    .option(...NAME)
    .option('--keep', 'keep the data, so that the next "up" finds everything as it was', false)
    .action(async (options: { name: string; keep: boolean }) => {
      finish(await (await import('./commands/cluster-down.ts')).runClusterDown(options));
    });
}
