import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FolderContent, ForeignFolderError, replaceFolders } from '../../lib/bundle/write.ts';

const replaceFolder = (folder: string, files: FolderContent['files']) => replaceFolders([{ folder, files }]);

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'atelier-test-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const index = (...files: readonly string[]) =>
  JSON.stringify({ format: 1, environment: 'prod', objects: files.map((file) => ({ file })), releases: [], files: [] });
const output = (text: string) => [
  { path: 'index.json', content: index('10-foundation/_cluster/namespace.a.yaml', '40-nodes/x.yaml') },
  { path: '10-foundation/_cluster/namespace.a.yaml', content: text },
];
const read = () => readFileSync(join(parent, 'prod/10-foundation/_cluster/namespace.a.yaml'), 'utf8');

describe('output is replaced as a whole', () => {
  test('what the new output does not have is gone, and nothing is left beside it', () => {
    replaceFolder(join(parent, 'prod'), [...output('old'), { path: '40-nodes/x.yaml', content: 'x' }]);
    replaceFolder(join(parent, 'prod'), output('new'));
    expect(read()).toBe('new');
    expect(readdirSync(join(parent, 'prod')).sort()).toEqual(['10-foundation', 'index.json']);
    expect(readdirSync(parent)).toEqual(['prod']);
  });

  test('GIVEN a write that fails THEN the old output stands as it was', () => {
    replaceFolder(join(parent, 'prod'), output('old'));
    const broken = [...output('new'), { path: '10-foundation', content: 'a folder of that name is in the way' }];
    expect(() => replaceFolder(join(parent, 'prod'), broken)).toThrow();
    expect(read()).toBe('old');
    expect(readdirSync(parent)).toEqual(['prod']);
  });

  test('GIVEN a run that was killed while writing THEN the next one clears its leftovers', () => {
    replaceFolder(join(parent, 'prod'), output('old'));
    mkdirSync(join(parent, '.prod.999999999.new/10-foundation'), { recursive: true });
    replaceFolder(join(parent, 'prod'), output('new'));
    expect(readdirSync(parent)).toEqual(['prod']);
  });

  test('GIVEN a run that was killed between the two renames THEN the old output comes back', () => {
    replaceFolder(join(parent, 'prod'), output('old'));
    renameSync(join(parent, 'prod'), join(parent, '.prod.999999999.old'));
    expect(() =>
      replaceFolder(join(parent, 'prod'), [...output('new'), { path: '10-foundation', content: '' }]),
    ).toThrow();
    expect(read()).toBe('old');
  });

  test('GIVEN a folder that is not ours THEN it is refused and left alone', () => {
    mkdirSync(join(parent, 'prod'));
    writeFileSync(join(parent, 'prod/thesis.tex'), 'years of work');
    expect(() => replaceFolder(join(parent, 'prod'), output('new'))).toThrow(ForeignFolderError);
    expect(existsSync(join(parent, 'prod/thesis.tex'))).toBe(true);
  });

  test('GIVEN an index.json of somebody else, or a file of theirs in our folder THEN nothing is touched', () => {
    mkdirSync(join(parent, 'prod'));
    writeFileSync(join(parent, 'prod/index.json'), '{"name":"my web project"}');
    expect(() => replaceFolder(join(parent, 'prod'), output('new'))).toThrow(/not written by Atelier/);
    rmSync(join(parent, 'prod'), { recursive: true });
    replaceFolder(join(parent, 'prod'), output('old'));
    writeFileSync(join(parent, 'prod/notes.txt'), 'mine');
    expect(() => replaceFolder(join(parent, 'prod'), output('new'))).toThrow(/did not write: notes\.txt/);
    expect(read()).toBe('old');
  });

  test('GIVEN two folders of which one is not ours THEN neither is written', () => {
    mkdirSync(join(parent, 'staging'));
    writeFileSync(join(parent, 'staging/precious'), '');
    const contents = ['prod', 'staging'].map((name) => ({ folder: join(parent, name), files: output('new') }));
    expect(() => replaceFolders(contents)).toThrow(ForeignFolderError);
    expect(readdirSync(parent)).toEqual(['staging']);
  });

  test('GIVEN a place where nothing can be made THEN it fails at once', () => {
    expect(() => replaceFolder('/proc/atelier/prod', output('new'))).toThrow();
  });
});
