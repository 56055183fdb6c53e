import { type Command, InvalidArgumentError } from 'commander';
import { DEFAULT_CLUSTER } from '../cluster/cluster-name.ts';
import type { ClusterApplyOptions } from './commands/cluster-apply.ts';
import type { ClusterDemoOptions } from './commands/cluster-demo.ts';
import type { ClusterUpOptions } from './commands/cluster-up.ts';
import type { ExitCode } from './exit-code.ts';

const NAME = ['-n, --name <name>', 'which cluster; several run side by side', DEFAULT_CLUSTER] as const;

function parseControllers(text: string): ClusterApplyOptions['controllers'] {
  return text === 'all' || text === 'none' ? text : text.split(',').map((name) => name.trim());
}

/** Karpenter counts whole seconds. */
function parseIdle(text: string): number | 'real' {
  if (text === 'real') return text;
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Seconds, a whole number, or "real".');
  return Number(text);
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
  atelier cluster demo          a GPU session arrives, its node with it, and both leave again
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
      'Applies every object of the environment phase by phase, by server-side apply with strict field validation: a misspelt field is refused. Starts the controllers that the environment asks for, such as HNC and Kyverno, and puts their webhook configurations in force; others are only checked by the server. Helm releases are named, not installed.',
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
    .command('demo')
    .summary('watch a GPU session arrive, get its node, and leave')
    .description(
      'Starts a session as the launcher would and tells what happens: why it waits, which node the autoscaler launches for it and what that costs, when it runs, and how the node goes again. Nothing is left behind.',
    )
    .argument('[environment]', 'as given to apply (default: what was applied last)')
    .option(...NAME)
    .option('-p, --profile <name>', 'session profile (default: the first one with a GPU)')
    .option(
      '-i, --idle <seconds>',
      'seconds the empty node stays; "real": as the environment says, which may be long',
      parseIdle,
      10,
    )
    .addHelpText('after', '\nExample:\n  atelier cluster demo --profile gpu-large --idle real')
    .action(async (word: string | undefined, options: ClusterDemoOptions) => {
      finish(await (await import('./commands/cluster-demo.ts')).runClusterDemo(word, options));
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
