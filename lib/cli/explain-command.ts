import { type Command, Option } from 'commander';
import type { ExplainOptions } from './commands/explain.ts';
import type { ExitCode } from './exit-code.ts';

/** `atelier explain`. */
export function addExplainCommand(atelier: Command, finish: (code: ExitCode) => void): void {
  atelier
    .command('explain')
    .summary('follow a profile, pool, tenant or object through the platform')
    .description(
      'Follows a session profile from the choice in the UI to the end of its node: who is offered it and by which section, constraints, rules of the job template, pod, pools, node and price from zero, quotas, policies, priority, idling and interruption. Each step names the line of the environment that decided it and the file of dist in which it shows. Explains node pools, tenants and single objects too. Writes nothing.',
    )
    .usage('[options] <profile> | profile <name> | node-pool <name> | tenant <name> | object <kind/[namespace/]name>')
    .argument('<subject...>', 'a session profile; or a kind and a name')
    .option(
      '-e, --environment <environment>',
      'a name of stacks/environments, or the path of a .ts, .yaml or .json file (default: the only one that has the subject)',
    )
    .option('-u, --user <user>', 'explain a profile for this user')
    .option('-g, --group <group...>', 'explain a profile for somebody in these groups of the directory')
    .addOption(
      new Option('-f, --format <format>', 'for people, for a page or a ticket, or for programs')
        .choices(['human', 'markdown', 'json'] satisfies ExplainOptions['format'][])
        .default('human'),
    )
    .option('-l, --long', 'tell everything: every pool, every place and file', false)
    .option('--pod', 'print the Job of a session of the profile as YAML, nothing else', false)
    .addHelpText(
      'after',
      `
Examples:
  atelier explain gpu-small -e prod                        the whole chain of a session profile
  atelier explain gpu-small -e prod --user alice           is she offered it? by which section?
  atelier explain gpu-small -e prod --group vision         and how many such pods does the quota of their tenant hold?
  atelier explain node-pool gpu-l4 -e prod                 what it becomes, who reaches it, how it grows, what it costs
  atelier explain tenant vision-imaging -e prod            its place in the tree, people, quotas up to the root, what fits
  atelier explain object Service/hnc-system/hnc-webhook-service -e prod
                                                           which line asked for it, what it needs, what needs it
  atelier explain gpu-small -e prod --pod | kubectl create --dry-run=server -n workbench-sessions -f -

One word is a session profile, also where it is called "tenant" or "object"; with a kind before it any name can be asked for.

Exit codes: 0 it works, 1 it does not (not offered, fits no node, refused), 2 unknown name or bad input, 3 a mistake of Atelier.`,
    )
    .action(async (words: string[], options: ExplainOptions) => {
      finish(await (await import('./commands/explain.ts')).runExplain(words, options));
    });
}
