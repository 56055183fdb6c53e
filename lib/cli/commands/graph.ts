import { join, relative, resolve } from 'node:path';
import { type PictureFormat, renderView, VIEWS, type View } from '../../graph/pictures.ts';
import { drawable, drawnExit } from '../drawable.ts';
import { synthesizeAll } from '../environments.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { printMessage, printResult } from '../terminal.ts';
import { writeFileWhole } from '../write-file.ts';

export interface GraphOptions {
  readonly view: View | 'all';
  readonly format: PictureFormat;
  /** Folder that gets one folder per environment; `-` for standard output. */
  readonly out: string;
}

const EXTENSIONS: Readonly<Record<PictureFormat, string>> = { svg: 'svg', mermaid: 'mmd' };

/** `atelier graph`: pictures of environments, as files or one on standard output. */
export async function runGraph(words: readonly string[], { view, format, out }: GraphOptions): Promise<ExitCode> {
  const environments = await synthesizeAll(words);
  const views = view === 'all' ? VIEWS : [view];
  if (out === '-' && environments.length * views.length > 1) {
    printMessage('error --out - prints one picture: name one environment, and one --view.');
    return EXIT.badInput;
  }
  const drawn = drawable(environments);
  if (!drawn) return EXIT.badInput;
  for (const { bundle } of drawn) {
    for (const each of views) {
      const picture = renderView(each, bundle.platform, format);
      if (out === '-') {
        printResult(picture.trimEnd());
        continue;
      }
      const path = join(resolve(out), bundle.environment, `${each}.${EXTENSIONS[format]}`);
      writeFileWhole(path, picture);
      printResult(relative(process.cwd(), path));
    }
  }
  return drawnExit(drawn);
}
