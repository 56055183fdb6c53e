import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { makeFolder } from '../core/make-folder.ts';
import { filesOfIndex, INDEX_FILE } from './index-file.ts';
import type { LayoutFile } from './layout.ts';

/** A folder, and what it shall hold: nothing else. */
export interface FolderContent {
  readonly folder: string;
  readonly files: readonly LayoutFile[];
}

/** Thrown where something that is not ours stands in the way of the output. */
export class ForeignFolderError extends Error {
  override readonly name = 'ForeignFolderError';
}

/** Files in the folder that the index does not name; `undefined` where the folder has no index of ours. */
function foreignFiles(folder: string): readonly string[] | undefined {
  const index = join(folder, INDEX_FILE);
  const known = existsSync(index) ? filesOfIndex(readFileSync(index, 'utf8')) : undefined;
  if (!known) return readdirSync(folder).length === 0 ? [] : undefined;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !known.has(path))
    .sort();
}

/** Refuses to replace what somebody else put there: a folder without our index, or files that it does not name. */
function refuseForeign(folder: string): void {
  if (!existsSync(folder)) return;
  const foreign = foreignFiles(folder);
  const advice = 'Move it away, or give --out another folder.';
  if (!foreign) {
    throw new ForeignFolderError(
      `${folder} exists and was not written by Atelier (no ${INDEX_FILE} of ours). ${advice}`,
    );
  }
  if (foreign.length === 0) return;
  const more = foreign.length > 5 ? ` and ${foreign.length - 5} more` : '';
  const names = foreign.slice(0, 5).join(', ');
  throw new ForeignFolderError(`${folder} holds files that Atelier did not write: ${names}${more}. ${advice}`);
}

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

const beside = (folder: string, what: 'new' | 'old'): string =>
  join(dirname(folder), `.${basename(folder)}.${process.pid}.${what}`);

function stage({ folder, files }: FolderContent): void {
  const next = beside(folder, 'new');
  makeFolder(dirname(folder));
  mkdirSync(next);
  const folders = new Set(files.map(({ path }) => dirname(path)));
  for (const each of folders) mkdirSync(join(next, each), { recursive: true });
  for (const { path, content } of files) writeFileSync(join(next, path), content);
}

/**
 * Replaces every folder, or none: all are written beside their places first, and then moved there by two renames each.
 * A run that is killed leaves the previous output, in place or put back by the next run. Throws
 * {@link ForeignFolderError} where something would be deleted that Atelier did not write.
 */
export function replaceFolders(contents: readonly FolderContent[]): void {
  for (const { folder } of contents) {
    recover(folder);
    refuseForeign(folder);
  }
  try {
    for (const content of contents) stage(content);
  } catch (error) {
    for (const { folder } of contents) rmSync(beside(folder, 'new'), { recursive: true, force: true });
    throw error;
  }
  for (const { folder } of contents) {
    if (existsSync(folder)) renameSync(folder, beside(folder, 'old'));
    renameSync(beside(folder, 'new'), folder);
  }
  for (const { folder } of contents) rmSync(beside(folder, 'old'), { recursive: true, force: true });
}
