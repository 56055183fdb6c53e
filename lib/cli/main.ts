import { Command, CommanderError, Option } from 'commander';
import { ForeignFolderError } from '../bundle/write.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { describeFileError } from '../core/file-error.ts';
import { InvalidEnvironmentError } from '../core/problem.ts';
import { addClusterCommands } from './cluster-commands.ts';
import type { CheckOptions } from './commands/check.ts';
import { ENVIRONMENTS } from './environments-argument.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { addExplainCommand } from './explain-command.ts';
import { addGraphCommands } from './graph-commands.ts';
import { addPreviewCommand } from './preview-command.ts';
import { printProblems } from './problems.ts';
import { addProcessCommands } from './process-commands.ts';
import { endProgress } from './progress.ts';
import { printMessage } from './terminal.ts';
import { addVerifyCommand } from './verify-command.ts';
import { version } from './version.ts';

/** Runs a command and keeps its exit code; output that is still being piped is not cut off. */
function finish(code: ExitCode): void {
  process.exitCode = code;
}

function program(): Command {
  const atelier = new Command('atelier')
    .description('One typed file per environment becomes a whole GPU data-science platform on Kubernetes.')
    .version(version())
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError('Run with --help to see what there is.')
    .exitOverride()
    .addHelpText(
      'after',
      `
An environment is a file: stacks/environments/prod.ts, or any .ts, .yaml or .json file with the same content.
  atelier environments          what there is
  atelier check prod            do the parts fit? every problem at once, with line and remedy
  atelier rules NODE002         what a rule says, why, and how to mend what breaks it
  atelier explain gpu -e dev    from the choice in the UI to pod, node, price, quota and end, with the line that decided
  atelier preview prod          what will a change do to sessions, nodes, quotas, rights and cost?
  atelier graph prod            pictures of its pools, tenants, priorities and schedules
  atelier report prod           all of it on one page, for who reads no code
  atelier synth prod            write dist/prod: one file per object, to be reviewed and applied
  atelier verify prod --plan plan.json
                                does Pulumi apply what was reviewed?
  atelier schema > schema.json  let your editor complete a YAML environment
  atelier cluster up            a real control plane on this machine, to apply it to

Exit codes: 0 clean, 1 the parts do not fit, 2 bad input, 3 a mistake of Atelier.`,
    );

  atelier
    .command('synth')
    .summary('write the manifests of environments')
    .description(
      'Writes the whole platform of each environment: one file per Kubernetes object, by phase and namespace, Helm values, build files, and an index that says where everything comes from. Replaces dist/<environment> as a whole, or, where anything is wrong or the folder holds files of others, writes nothing.',
    )
    .argument(...ENVIRONMENTS)
    .option('-o, --out <folder>', 'folder that gets one folder per environment', 'dist')
    .addHelpText(
      'after',
      '\nExamples:\n  atelier synth\n  atelier synth prod --out /tmp/review\n  atelier synth ./my-environment.yaml',
    )
    .action(async (words: string[], options: { out: string }) => {
      finish(await (await import('./commands/synth.ts')).runSynth(words, options));
    });

  atelier
    .command('check')
    .summary('say whether the parts of environments fit')
    .description(
      'Holds every rule against each environment: does every session profile fit a node of its pool, can every quota be kept, does every object find what it names? Writes nothing. What an environment accepts (checks.silence) is printed with its reason.',
    )
    .argument(...ENVIRONMENTS)
    .addOption(
      new Option(
        '-f, --format <format>',
        'for people, for programs, for code scanning, as annotations of a GitHub run, or as code quality of GitLab',
      )
        .choices(['human', 'json', 'sarif', 'github', 'gitlab'] satisfies CheckOptions['format'][])
        .default('human'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  atelier check\n  atelier check prod --format json | jq ".environments[].problems[].code"\n  atelier check --format sarif > atelier.sarif',
    )
    .action(async (words: string[], options: CheckOptions) => {
      finish(await (await import('./commands/check.ts')).runCheck(words, options));
    });

  addExplainCommand(atelier, finish);
  addPreviewCommand(atelier, finish);
  addGraphCommands(atelier, finish);
  addVerifyCommand(atelier, finish);

  atelier
    .command('rules')
    .summary('say what rules demand, and why')
    .description(
      'Lists the rules of check. With identifiers: what each demands, what it protects from, why, what breaks it and how to mend that. The same stands in docs/rules.',
    )
    .argument('[id...]', 'identifiers as findings print them, for example NODE002')
    .addHelpText('after', '\nExamples:\n  atelier rules\n  atelier rules NODE002 WB001')
    .action(async (ids: string[]) => {
      finish(await (await import('./commands/rules.ts')).runRules(ids));
    });

  atelier
    .command('schema')
    .summary('print the JSON Schema of an environment file')
    .description(
      'Prints the JSON Schema of an environment, with descriptions and defaults, so that an editor completes it.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  atelier schema > environment.schema.json\nand as first line of the YAML file:\n  # yaml-language-server: $schema=environment.schema.json',
    )
    .action(async () => {
      finish(await (await import('./commands/schema.ts')).runSchema());
    });

  atelier
    .command('environments')
    .summary('list the environments')
    .description('Lists the environments of stacks/environments with their cluster, autoscaler, GPUs and tenants.')
    .action(async () => {
      finish(await (await import('./commands/environments.ts')).runEnvironments());
    });
  addClusterCommands(atelier, finish);
  addProcessCommands(atelier);
  return atelier;
}

/** Errors a person can mend get their own words; everything else is a mistake of ours and shows where. */
function report(error: unknown): ExitCode {
  endProgress();
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.badInput;
  if (error instanceof InvalidEnvironmentError) {
    printProblems(error.problems);
    return EXIT.badInput;
  }
  if (error instanceof ForeignFolderError || error instanceof ClusterError) {
    printMessage(`error ${error.message}`);
    return EXIT.badInput;
  }
  const reason = describeFileError(error);
  if (reason !== undefined) {
    const { path, message } = error as NodeJS.ErrnoException;
    printMessage(`error ${path === undefined ? message : `${path}: ${reason.message}`}. ${reason.hint}`);
    return EXIT.badInput;
  }
  printMessage(`This is a mistake of Atelier, not of your environment. Please report it with the lines below.`);
  printMessage(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.internal;
}

/** Runs the command line of this process. */
export async function main(): Promise<void> {
  // Whoever reads our output may stop early: `atelier schema | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    await program().parseAsync();
  } catch (error) {
    finish(report(error));
  }
}
