import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layoutFiles } from '../lib/bundle/layout.ts';
import { packageRoot } from '../lib/core/asset.ts';
import { listEnvironments } from '../lib/loader/find.ts';
import { loadEnvironment } from '../lib/loader/load.ts';
import { synthesize } from '../stacks/synth.ts';

/** `npm run golden` rewrites the files; what changed is then read in the diff. */
const update = process.env.GOLDEN === 'update';

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

describe.each(listEnvironments())('golden files of $name', ({ name }) => {
  const folder = join(packageRoot, 'test/golden', name);

  test('every file is as it was reviewed; run "npm run golden" where the change is meant', async () => {
    const synthesis = synthesize((await loadEnvironment(name)).input);
    if (synthesis.kind !== 'accepted') throw new Error(`${name} is ${synthesis.kind}`);
    const files = layoutFiles(synthesis.bundle);
    if (update) {
      rmSync(folder, { recursive: true, force: true });
      for (const { path, content } of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
    }
    expect(files.map(({ path }) => path)).toEqual(filesBelow(folder));
    for (const { path, content } of files) {
      expect(content, path).toBe(readFileSync(join(folder, path), 'utf8'));
    }
  });
});
