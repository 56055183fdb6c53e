import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../lib/core/asset.ts';
import { renderView, VIEWS } from '../../lib/graph/pictures.ts';
import { reportPage } from '../../lib/graph/report/page.ts';
import { listEnvironments } from '../../lib/loader/find.ts';
import { loadEnvironment } from '../../lib/loader/load.ts';
import { type Synthesis, synthesize } from '../../stacks/synth.ts';
import { outline } from './outline.ts';

/** `npm run golden` rewrites the files; what changed is then read in the diff. */
const update = process.env.GOLDEN === 'update';

function golden(path: string, content: string): string {
  const file = join(packageRoot, 'test/golden-pictures', path);
  if (update) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

describe.each(listEnvironments())('pictures and report of $name (PROVE-4)', ({ name }) => {
  let synthesis: Exclude<Synthesis, { kind: 'invalid' }>;
  beforeAll(async () => {
    const made = synthesize((await loadEnvironment(name)).input);
    if (made.kind === 'invalid') throw new Error(`${name} is invalid`);
    synthesis = made;
  });

  test.each(VIEWS)('%s says what was reviewed; run "npm run golden" where the change is meant', (view) => {
    const chart = renderView(view, synthesis.bundle.platform, 'mermaid');
    expect(chart).toBe(golden(`${name}/${view}.mmd`, chart));
  });

  test('the report says what was reviewed, and is the same bytes every time', () => {
    const page = () => reportPage(synthesis, { files: `../dist/${name}` });
    const html = page();
    expect(page()).toBe(html);
    expect(outline(html)).toBe(golden(`${name}/report.txt`, outline(html)));
  });
});
