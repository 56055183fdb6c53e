import { type Command, Option } from 'commander';
import type { VerifyOptions } from './commands/verify.ts';
import type { ExitCode } from './exit-code.ts';

/** `atelier verify`. */
export function addVerifyCommand(atelier: Command, finish: (code: ExitCode) => void): void {
  atelier
    .command('verify')
    .summary('say whether Pulumi applies what was reviewed')
    .description(
      'Compares every Kubernetes object and Helm release of a Pulumi plan, or of a stack, with what "atelier synth" wrote: what is missing, extra or different, field by field. Reads files only; needs neither Pulumi nor the cloud. Secrets are not shown.',
    )
    .argument('[environment]', 'name of the environment (default: the name of the stack)')
    .addOption(
      new Option('--plan <file>', 'what "pulumi preview --json --show-sames" printed; - reads stdin').conflicts(
        'state',
      ),
    )
    .option('--state <file>', 'what "pulumi stack export" printed; - reads stdin')
    .option('-o, --out <folder>', 'folder that "atelier synth" wrote to', 'dist')
    .addOption(
      new Option('-f, --format <format>', 'for people or for programs').choices(['human', 'json']).default('human'),
    )
    .addHelpText(
      'after',
      `
Examples:
  pulumi preview --stack prod --json --show-sames > plan.json && atelier verify prod --plan plan.json
  pulumi stack export --stack prod | atelier verify --state -
  atelier verify prod --plan plan.json --out /tmp/review --format json

Values that only the cloud knows (<late:NAME>) match whatever they become, and are listed. Not compared, and counted, is
what Kubernetes does not see: providers, components, and resources of the cloud.

Exit codes: 0 equal, 1 something differs, 2 bad input, 3 a mistake of Atelier.`,
    )
    .action(async (environment: string | undefined, options: VerifyOptions) => {
      finish(await (await import('./commands/verify.ts')).runVerify(environment, options));
    });
}
