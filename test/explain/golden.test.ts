import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../lib/core/asset.ts';
import { explain, type Subject } from '../../lib/explain/explain.ts';
import { jsonExplanation } from '../../lib/explain/format/json.ts';
import { markdownExplanation } from '../../lib/explain/format/markdown.ts';
import type { Scene } from '../../lib/explain/scene.ts';
import { asText, sceneOfEnvironment } from './scenes.ts';

const folder = join(packageRoot, 'test/explain/golden');
/** `npm run golden` rewrites the files; what changed is then read in the diff. */
const update = process.env.GOLDEN === 'update';

const profile = (name: string, ...groups: readonly string[]): Subject => ({
  kind: 'profile',
  name,
  ...(groups.length > 0 ? { audience: { groups } } : {}),
});
const pool = (name: string): Subject => ({ kind: 'node-pool', name });
const tenant = (name: string): Subject => ({ kind: 'tenant', name });
const object = (name: string): Subject => ({ kind: 'object', name });

const CASES: Readonly<Record<string, readonly Subject[]>> = {
  dev: [profile('small'), profile('gpu', 'data-science'), pool('gpu'), tenant('sandbox')],
  staging: [profile('batch'), profile('gpu-shared', 'course-ml'), pool('gpu-shared'), tenant('vision')],
  prod: [
    profile('gpu-small'),
    profile('gpu-large', 'vision', 'gpu-training'),
    profile('course', 'course-ml', 'gpu-users'),
    profile('batch'),
    pool('system'),
    pool('batch-spot'),
    pool('gpu-a10g'),
    tenant('research'),
    tenant('vision-imaging'),
    tenant('genomics'),
    object('NodePool/gpu-l4'),
    object('Service/hnc-system/hnc-webhook-service'),
    object('PersistentVolumeClaim/workbench-sessions/workbench-homes'),
  ],
  onprem: [
    profile('mig-small', 'gpu-users', 'language'),
    pool('a100'),
    tenant('language'),
    object('Namespace/language'),
  ],
};

function fileName({ kind, name, ...rest }: Subject, extension: string): string {
  const groups = 'audience' in rest && rest.audience ? `.for.${rest.audience.groups.join('.')}` : '';
  return `${kind}.${name.replaceAll('/', '.')}${groups}.${extension}`;
}

function expectGolden(environment: string, file: string, content: string): void {
  const path = join(folder, environment, file);
  if (update) {
    mkdirSync(join(folder, environment), { recursive: true });
    writeFileSync(path, `${content}\n`);
  }
  expect(existsSync(path) ? readFileSync(path, 'utf8') : '', `run npm run golden: ${path}`).toBe(`${content}\n`);
}

const EXTRA = ['markdown.md', 'report.json', 'long.txt'];

describe.each(Object.entries(CASES))('explanations of %s (PROVE-2)', (environment, subjects) => {
  test('each reads as it was reviewed; run "npm run golden" where the change is meant', async () => {
    const scene: Scene = await sceneOfEnvironment(environment);
    for (const subject of subjects)
      expectGolden(environment, fileName(subject, 'txt'), asText(explain(scene, subject)));
    const written = readdirSync(join(folder, environment)).filter((file) => !EXTRA.includes(file));
    expect(written.sort()).toEqual(subjects.map((subject) => fileName(subject, 'txt')).sort());
  });
});

test('GIVEN one explanation THEN Markdown, JSON and the long form say the same (PROVE-2)', async () => {
  const explanation = explain(await sceneOfEnvironment('prod'), profile('gpu-small', 'vision', 'gpu-users'));
  expectGolden('prod', 'markdown.md', markdownExplanation(explanation));
  expectGolden('prod', 'report.json', JSON.stringify(jsonExplanation(explanation), null, 2));
  expectGolden('prod', 'long.txt', asText(explanation, true));
});
