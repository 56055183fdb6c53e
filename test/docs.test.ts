import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES } from '../lib/checks/registry.ts';
import { packageRoot, readAsset } from '../lib/core/asset.ts';

const page = readAsset('docs/check.md').replace(/ +/g, ' ');

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('docs/check.md is true', () => {
  test('every rule stands there with its title, severity and what it protects from', () => {
    for (const { id, title, severity, protectsFrom } of RULES) {
      expect(page).toContain(`| ${id} | ${title} | ${severity} | ${protectsFrom} |`);
    }
  });

  test('every code that the program reports is explained, and no other', () => {
    const code = /'((?:ENV|REF)\d{3})'/g;
    const used = sourceFiles('lib').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(code)].map(([, id]) => id),
    );
    const explained = [...page.matchAll(/^\| ((?:ENV|REF)\d{3}) /gm)].map(([, id]) => id);
    expect([...new Set(used)].sort()).toEqual(explained.sort());
  });
});

describe('README is true', () => {
  test('every command it names exists', () => {
    const scripts = (JSON.parse(readAsset('package.json')) as { scripts: Record<string, string> }).scripts;
    for (const [, script] of readAsset('README.md').matchAll(/npm run ([\w-]+)/g)) {
      expect(Object.keys(scripts)).toContain(script);
    }
  });

  test('every page it links to exists', () => {
    for (const [, link] of readAsset('README.md').matchAll(/\]\((?!http)([^)]+)\)/g)) {
      expect(() => readAsset(link ?? '')).not.toThrow();
    }
  });
});
