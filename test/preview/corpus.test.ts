import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../lib/core/asset.ts';
import { previewContents } from '../../lib/preview/preview.ts';
import { markdownReport } from '../../lib/preview/report/markdown.ts';
import { CORPUS } from './corpus.ts';
import { corpusVersions } from './versions.ts';

const folder = join(packageRoot, 'test/preview/corpus');
const update = process.env.GOLDEN === 'update';

describe('a line of an environment changes (PROVE-3)', () => {
  test.each(CORPUS)('$name THEN the report says what will happen', (each) => {
    const { name, foresees } = each;
    const { before, after, findings } = corpusVersions(each);
    const preview = previewContents(before, after, { problems: findings });
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
