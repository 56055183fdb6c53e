import { dirname, join, relative, resolve } from 'node:path';
import { reportPage } from '../../graph/report/page.ts';
import { drawable, drawnExit } from '../drawable.ts';
import { synthesizeAll } from '../environments.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printMessage, printResult } from '../terminal.ts';
import { writeFileWhole } from '../write-file.ts';

export interface ReportOptions {
  /** A folder, or a file that ends in `.html`. */
  readonly out: string;
  /** Where synth writes. */
  readonly dist: string;
}

/** `atelier report`: a page about each environment. */
export async function runReport(words: readonly string[], { out, dist }: ReportOptions): Promise<ExitCode> {
  const environments = await synthesizeAll(words);
  const single = out.endsWith('.html');
  if (single && environments.length > 1) {
    printMessage(
      `error ${out} is one file and these are ${environments.length} environments: name a folder, or one environment.`,
    );
    return EXIT.badInput;
  }
  const drawn = drawable(environments);
  if (!drawn) return EXIT.badInput;
  for (const { bundle, findings, silenced } of drawn) {
    const path = single ? resolve(out) : join(resolve(out), `${bundle.environment}.html`);
    const files = relative(dirname(path), join(resolve(dist), bundle.environment)).replaceAll('\\', '/');
    writeFileWhole(path, reportPage({ bundle, findings, silenced }, { files }));
    printResult(relative(process.cwd(), path));
  }
  return drawnExit(drawn);
}
