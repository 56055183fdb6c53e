import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { INDEX_FILE, indexFile } from '../../lib/bundle/index-file.ts';
import { layoutFiles } from '../../lib/bundle/layout.ts';
import { PLATFORM_FILE } from '../../lib/bundle/platform-file.ts';
import { readTree, UnreadableTreeError } from '../../lib/bundle/read.ts';
import { replaceFolders } from '../../lib/bundle/write.ts';
import { compareContents } from '../../lib/preview/compare.ts';
import { synthesize } from '../../stacks/synth.ts';
import { eksInput, onPremisesInput } from '../fixtures/environment.ts';

function bundleOf(input: unknown): Bundle {
  const synthesis = synthesize(input);
  if (synthesis.kind === 'invalid') throw new Error('The fixture is invalid.');
  return synthesis.bundle;
}

const bundle = bundleOf(eksInput({ autoscaler: { kind: 'karpenter', replicas: 1 } }));
const object = layoutFiles(bundle).find(({ path }) => path.startsWith('10-'))?.path ?? '';

let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'atelier-test-')), 'test');
  replaceFolders([{ folder, files: [...layoutFiles(bundle), indexFile(bundle)] }]);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

/** Puts the text of one file of the tree through a function. */
function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
}

describe('reading back what synth wrote (PROVE-3)', () => {
  test.each([
    ['on EKS', bundle],
    ['on premises', bundleOf(onPremisesInput({ tenants: [] }))],
  ])('an environment %s comes back as it was, with the lines that asked for it', (_, each) => {
    replaceFolders([{ folder, files: [...layoutFiles(each), indexFile(each)] }]);
    const contents = readTree(folder);
    const { environment, objects, releases, cloud, files, platform } = JSON.parse(JSON.stringify(each)) as Bundle;
    expect(contents).toEqual({
      environment,
      objects,
      releases,
      cloud,
      files,
      platform: { pools: platform.pools, profiles: platform.profiles },
    });
    expect(compareContents(contents, each)).toEqual([]);
  });

  test('GIVEN what is in memory THEN objects of unchanged files are shared, others are parsed', () => {
    rewrite(object, (text) => `${text}extra: 1\n`);
    const contents = readTree(folder, { bundle, files: layoutFiles(bundle) });
    const shared = contents.objects.filter(({ manifest }, index) => manifest === bundle.objects[index]?.manifest);
    expect(shared).toHaveLength(bundle.objects.length - 1);
  });

  test('GIVEN Windows line ends, as git may write them, THEN nothing differs', () => {
    for (const { path } of [...layoutFiles(bundle), { path: INDEX_FILE }]) {
      rewrite(path, (text) => text.replaceAll('\n', '\r\n'));
    }
    expect(compareContents(readTree(folder), bundle)).toEqual([]);
  });

  test('GIVEN a tree of an Atelier that wrote no facts of the platform THEN the rest is there', () => {
    rmSync(join(folder, PLATFORM_FILE));
    expect(readTree(folder)).not.toHaveProperty('platform');
    expect(readTree(folder).objects).toHaveLength(bundle.objects.length);
  });

  test.each([
    ['a missing file', () => rmSync(join(folder, object)), 'is named by index.json and missing'],
    ['broken YAML', () => rewrite(object, () => 'a: [1'), 'cannot be read as YAML'],
    ['a list', () => rewrite(object, () => '- 1\n'), 'does not hold one map'],
    ['two documents', () => rewrite(object, (text) => `${text}---\n${text}`), 'does not hold one map'],
    ['YAML that is no object', () => rewrite(object, () => 'a: 1\n'), 'is no Kubernetes object'],
    ['an index of something else', () => rewrite(INDEX_FILE, () => '{"objects": []}'), 'holds no index.json of ours'],
    [
      'an index that leads out of the folder',
      () => rewrite(INDEX_FILE, (text) => text.replace(object, '../x')),
      'holds no index.json of ours',
    ],
    ['a file in no phase', () => rewrite(INDEX_FILE, (text) => text.replace(object, 'x.yaml')), 'x.yaml'],
  ])('GIVEN %s THEN it is refused by name', (_, spoil, message) => {
    spoil();
    expect(() => readTree(folder)).toThrow(UnreadableTreeError);
    expect(() => readTree(folder)).toThrow(message);
  });
});
