import { type Command, Option } from 'commander';
import type { GraphOptions } from './commands/graph.ts';
import type { ReportOptions } from './commands/report.ts';
import { ENVIRONMENTS } from './environments-argument.ts';
import type { ExitCode } from './exit-code.ts';

const EXITS =
  'Exit codes: 0 done, 1 done, and the parts do not fit, 2 bad input (nothing is written), 3 a mistake of Atelier.';

/** `atelier graph` and `atelier report`. */
export function addGraphCommands(atelier: Command, finish: (code: ExitCode) => void): void {
  atelier
    .command('graph')
    .summary('draw pools, tenants, priorities and schedules')
    .description(
      'Draws what an environment says: which session runs on which pool (computed by the rules of the scheduler, not by names), who shares which quota, who is served first, and what is scheduled for GPU pools.',
    )
    .argument(...ENVIRONMENTS)
    .addOption(
      new Option('-v, --view <view>', 'which picture')
        .choices(['pools', 'tenants', 'priorities', 'day', 'all'] satisfies GraphOptions['view'][])
        .default('all'),
    )
    .addOption(
      new Option('-f, --format <format>', 'for pages and walls, or for Markdown that draws Mermaid')
        .choices(['svg', 'mermaid'] satisfies GraphOptions['format'][])
        .default('svg'),
    )
    .option('-o, --out <folder>', 'folder that gets one folder per environment; - prints one picture', 'pictures')
    .addHelpText(
      'after',
      `
Views:
  pools        session profiles, and the pools whose empty nodes take them, with taints, instance types and prices
  tenants      the tenant tree: what each is promised, of what the one above it has
  priorities   priority classes, highest first, and who may displace whom
  day          warm capacity, reservations and disruption budgets of GPU pools by the hour, and when empty nodes go

Examples:
  atelier graph prod                                      pictures/prod/pools.svg, tenants.svg, priorities.svg, day.svg
  atelier graph --view pools --out docs/pictures          one picture of every environment
  atelier graph dev --view day --format mermaid --out -   to paste into a page that draws Mermaid

Pictures bring light and dark colours and nothing from elsewhere; the same environment gives the same bytes. Long lists are folded and
say how much is left out. "atelier report" puts all of them into one page, with tables.

${EXITS}`,
    )
    .action(async (words: string[], options: GraphOptions) => {
      finish(await (await import('./commands/graph.ts')).runGraph(words, options));
    });

  atelier
    .command('report')
    .summary('write a page about each environment')
    .description(
      'Writes one HTML file per environment that needs nothing else to be read: the pictures of "atelier graph", session profiles with what they cost and who may use them, pools, tenants with quotas, cost, findings of check and what is accepted, Secrets to be made, and links to the files of "atelier synth".',
    )
    .argument(...ENVIRONMENTS)
    .option(
      '-o, --out <folder or file>',
      'folder for <environment>.html, or, for one environment, a file *.html',
      'reports',
    )
    .option('--dist <folder>', 'where "atelier synth" writes, for the links to its files', 'dist')
    .addHelpText(
      'after',
      `
Examples:
  atelier report                          reports/dev.html, reports/staging.html, ...
  atelier report prod --out prod.html     one file, to send or to keep with a release
  atelier report prod --out site --dist site/dist

The page reads well in light and dark, on telephones and on paper. It has no script, loads nothing, and holds no date: the same
environment gives the same bytes.

${EXITS}`,
    )
    .action(async (words: string[], options: ReportOptions) => {
      finish(await (await import('./commands/report.ts')).runReport(words, options));
    });
}
