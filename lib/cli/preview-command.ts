import { type Command, Option } from 'commander';
import { RISKS } from '../preview/risk.ts';
import type { PreviewOptions } from './commands/preview.ts';
import { ENVIRONMENTS } from './environments-argument.ts';
import type { ExitCode } from './exit-code.ts';

/** `atelier preview`. */
export function addPreviewCommand(atelier: Command, finish: (code: ExitCode) => void): void {
  atelier
    .command('preview')
    .summary('say what a change of environments will do')
    .description(
      'Compares environments as they are now with a base, object by object and field by field, and says what follows: sessions that end or no longer start, nodes that are replaced, quotas, policies, rights, objects that must be made anew, cost. Writes nothing.',
    )
    .argument(...ENVIRONMENTS)
    .option(
      '-b, --base <folder or git ref>',
      'what to compare with: a folder that "atelier synth" wrote, or a commit, branch or tag (default: where this branch left the default branch)',
    )
    .addOption(new Option('--without-base', 'compare with nothing: everything is new').conflicts('base').default(false))
    .option(
      '--render-charts <folder>',
      'also compare what charts render from their values, by helm: charts lie in the folder as name-version.tgz or as folders, others come from their repository',
    )
    .addOption(
      new Option('-f, --format <format>', 'for people, for a pull request, or for programs')
        .choices(['human', 'markdown', 'json', 'sarif'])
        .default('human'),
    )
    .addOption(
      new Option('--fail-on <risk>', 'exit with 1 where the risk is this or higher')
        .choices(['never', ...RISKS])
        .default('never'),
    )
    .addHelpText(
      'after',
      `
Risks, least first:
  safe         nothing that runs notices
  care         somebody should know, or a hand is needed
  disruptive   sessions, pods or nodes are ended or refused
  dangerous    data or access can be lost for good

Examples:
  atelier preview                              all environments against where this branch left the default branch
  atelier preview prod --base HEAD             what the changes do that are not committed yet
  atelier preview prod --base v1.4.0           since a release
  atelier preview prod --base dist             since "atelier synth" wrote dist
  atelier preview --format markdown            one comment for a pull request; always fits GitHub's limit
  atelier preview prod --fail-on disruptive    stop a pipeline before it ends sessions
  atelier preview prod --render-charts charts  with the objects that changed releases render

A git ref is checked out to a temporary folder and synthesized by the Atelier of that commit; the repository is not touched.

Exit codes: 0 done, 1 a risk as high as --fail-on or parts that do not fit, 2 bad input or no base, 3 a mistake of Atelier.`,
    )
    .action(async (words: string[], options: PreviewOptions) => {
      finish(await (await import('./commands/preview.ts')).runPreview(words, options));
    });
}
