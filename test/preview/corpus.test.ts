import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { packageRoot } from '../../lib/core/asset.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { previewContents } from '../../lib/preview/preview.ts';
import { markdownReport } from '../../lib/preview/report/markdown.ts';
import { synthesize } from '../../stacks/synth.ts';
import { eksInput } from '../fixtures/environment.ts';
import type { Draft } from '../fixtures/mutate.ts';
import { CORPUS } from './corpus.ts';

const folder = join(packageRoot, 'test/preview/corpus');
const update = process.env.GOLDEN === 'update';

function bundleOf(input: unknown): Bundle {
  const synthesis = synthesize(input);
  if (synthesis.kind === 'invalid') throw new Error(synthesis.problems.map(({ message }) => message).join('\n'));
  return synthesis.bundle;
}

describe('a line of an environment changes (PROVE-3)', () => {
  test.each(CORPUS)('$name THEN the report says what will happen', ({ name, base = eksInput(), change, foresees }) => {
    const draft = structuredClone(base) as unknown as Draft<EnvironmentInput>;
    change(draft);
    const synthesis = synthesize(draft);
    if (synthesis.kind === 'invalid') throw new Error(synthesis.problems.map(({ message }) => message).join('\n'));
    const preview = previewContents(bundleOf(base), synthesis.bundle, { problems: synthesis.findings });
    const report = markdownReport({ base: { name: 'the version before', notes: [] }, previews: [preview] });
    const path = join(folder, `${name}.md`);
    if (update) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, report);
    }
    expect(report).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '');
    const found = preview.consequences.map(({ risk, rule }) => `${risk} ${rule}`);
    expect([...new Set(found)]).toEqual(foresees);
  });

  test('every golden report belongs to a case', () => {
    expect(readdirSync(folder).sort()).toEqual(CORPUS.map(({ name }) => `${name}.md`).sort());
  });
});
