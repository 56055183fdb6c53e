import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isWrittenTree, readTree } from '../../bundle/read.ts';
import { type Base, BaseError } from './base.ts';

/** What `atelier synth` wrote: the folder of one environment, or one that holds a folder for each. */
export function folderBase(folder: string): Base {
  const base = { name: `folder ${folder}`, notes: [], others: async () => [], close: () => undefined };
  if (isWrittenTree(folder)) return { ...base, read: async ({ known }) => readTree(folder, known) };
  const environments = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isWrittenTree(join(folder, entry.name)))
    .map(({ name }) => name);
  if (environments.length === 0) {
    throw new BaseError(
      `--base ${folder}: neither this folder nor one in it was written by "atelier synth" (no index.json of ours). Give a folder that it wrote, or a git ref.`,
    );
  }
  return {
    ...base,
    read: async ({ environment, known }) =>
      environments.includes(environment) ? readTree(join(folder, environment), known) : undefined,
  };
}
