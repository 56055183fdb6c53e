import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { INDEX_FILE } from './index-file.ts';
import type { LayoutFile } from './layout.ts';

/** Thrown where a folder that is not ours stands in the way of the output. */
export class ForeignFolderError extends Error {
  override readonly name = 'ForeignFolderError';
  constructor(folder: string) {
    super(
      `${folder} exists and was not written by Atelier (it has no ${INDEX_FILE}). Move it away, or give --out another folder.`,
    );
  }
}

const isOurs = (folder: string): boolean => existsSync(join(folder, INDEX_FILE)) || readdirSync(folder).length === 0;

/** Whether the process that left a folder named `.<name>.<pid>.<new|old>` still runs. */
function writerRuns(leftover: string): boolean {
  const pid = Number(/\.(\d+)\.(?:old|new)$/.exec(leftover)?.[1]);
  if (!Number.isInteger(pid) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Puts back the previous output of a run that was killed between the two renames below, and clears its leftovers. */
function recover(folder: string): void {
  const parent = dirname(folder);
  if (!existsSync(parent)) return;
  const prefix = `.${basename(folder)}.`;
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix) || !/\.\d+\.(?:old|new)$/.test(name) || writerRuns(name)) continue;
    const leftover = join(parent, name);
    if (name.endsWith('.old') && !existsSync(folder)) renameSync(leftover, folder);
    else rmSync(leftover, { recursive: true, force: true });
  }
}

/**
 * Replaces `folder` by the files, all or nothing: they are written beside it first and moved into place by two renames.
 * A run that is killed leaves the previous output, here or put back by the next run.
 */
export function replaceFolder(folder: string, files: readonly LayoutFile[]): void {
  recover(folder);
  if (existsSync(folder) && !isOurs(folder)) throw new ForeignFolderError(folder);
  const stem = join(dirname(folder), `.${basename(folder)}.${process.pid}`);
  const next = `${stem}.new`;
  const previous = `${stem}.old`;
  try {
    const folders = new Set(files.map(({ path }) => dirname(join(next, path))));
    for (const each of folders) mkdirSync(each, { recursive: true });
    for (const { path, content } of files) writeFileSync(join(next, path), content);
  } catch (error) {
    rmSync(next, { recursive: true, force: true });
    throw error;
  }
  if (existsSync(folder)) renameSync(folder, previous);
  renameSync(next, folder);
  rmSync(previous, { recursive: true, force: true });
}
