import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterError } from './cluster-error.ts';
import { moduleSource } from './go-modules.ts';
import { type EditedModule, moduleFolder } from './tools.ts';

/** The text with one edit; undefined where what is to be replaced is not there exactly once. */
export function editText(text: string, { from, to }: EditedModule['edits'][number]): string | undefined {
  const [before, after, ...more] = text.split(from);
  return after === undefined || more.length > 0 ? undefined : `${before}${to}${after}`;
}

/** Copies files without the rights of their folders: in Go's cache nothing may be written, and so not removed. */
function copyFiles(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const copy = entry.isDirectory() ? copyFiles : copyFileSync;
    copy(join(from, entry.name), join(to, entry.name));
  }
}

/**
 * Copies a module that `tools/<tool>` pins, edits the copy, and hands its work a go.mod that uses the copy; Go checks
 * the original against go.sum and does not allow files of its cache to be replaced in another way. The copy is gone
 * afterwards.
 */
export async function withEditedModule<T>(
  tool: string,
  { module, edits }: EditedModule,
  work: (goMod: string) => Promise<T>,
): Promise<T> {
  const source = await moduleSource(tool, module);
  const folder = mkdtempSync(join(tmpdir(), 'atelier-module-'));
  try {
    const copy = join(folder, 'module');
    copyFiles(source, copy);
    for (const edit of edits) {
      const text = editText(readFileSync(join(source, edit.file), 'utf8'), edit);
      if (text === undefined) {
        throw new ClusterError(
          `${edit.file} of ${module} has ${JSON.stringify(edit.from)} not exactly once: look at the pin of tools/${tool}.`,
        );
      }
      rmSync(join(copy, edit.file));
      writeFileSync(join(copy, edit.file), text);
    }
    const own = (file: string): string => readFileSync(join(moduleFolder(tool), file), 'utf8');
    const goMod = join(folder, 'go.mod');
    writeFileSync(goMod, `${own('go.mod')}\nreplace ${module} => ${copy}\n`);
    writeFileSync(join(folder, 'go.sum'), own('go.sum'));
    return await work(goMod);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
