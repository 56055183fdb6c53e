import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../core/make-folder.ts';

/** Writes a file whole or not at all: beside its place first, then into it. */
export function writeFileWhole(path: string, content: string): void {
  makeFolder(dirname(path));
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.new`);
  try {
    writeFileSync(beside, content);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
