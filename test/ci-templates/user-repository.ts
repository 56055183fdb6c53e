import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { stringify } from 'yaml';
import { packageRoot } from '../../lib/core/asset.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { eksInput } from '../fixtures/environment.ts';

/** Somebody's repository with one environment, as a runner cloned it. */
export interface UserRepository {
  readonly folder: string;
  /** `PATH` with an npm whose `ci` needs no registry: it installs the Atelier of this checkout. */
  readonly path: string;
  readonly git: (...words: readonly string[]) => string;
  readonly write: (change: Partial<EnvironmentInput>) => void;
  readonly commit: (message: string) => string;
}

/** Everything but `npm ci`, which would ask a registry, is the real npm's. */
function installNpm(folder: string): string {
  const found = execFileSync('bash', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  const script = `#!/usr/bin/env bash
if [ "$1" != ci ]; then exec "${found}" "$@"; fi
mkdir -p node_modules/.bin
ln -sf "${join(packageRoot, 'bin/atelier.js')}" node_modules/.bin/atelier
`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'npm'), script);
  chmodSync(join(folder, 'npm'), 0o755);
  return `${folder}${delimiter}${process.env.PATH ?? ''}`;
}

/** A repository whose branch main holds the fixture; `dist/` is kept in it where asked. */
export function userRepository(root: string, { keepsDist = false } = {}): UserRepository {
  const folder = join(root, 'repository');
  mkdirSync(join(folder, 'stacks/environments'), { recursive: true });
  const git = (...words: readonly string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...words],
      { cwd: folder, encoding: 'utf8' },
    ).trim();
  const write = (change: Partial<EnvironmentInput>): void =>
    writeFileSync(join(folder, 'stacks/environments/test.yaml'), stringify({ ...eksInput(), name: 'test', ...change }));
  const commit = (message: string): string => {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch', 'main');
  writeFileSync(join(folder, 'package.json'), '{"name": "platform", "private": true}\n');
  writeFileSync(join(folder, '.gitignore'), `node_modules/\n${keepsDist ? '' : 'dist/\n'}`);
  write({});
  if (keepsDist) {
    execFileSync(process.execPath, [join(packageRoot, 'bin/atelier.js'), 'synth'], { cwd: folder, stdio: 'ignore' });
  }
  commit('first');
  // What a clone of all branches has.
  git('update-ref', 'refs/remotes/origin/main', 'main');
  return { folder, path: installNpm(join(root, 'bin')), git, write, commit };
}
