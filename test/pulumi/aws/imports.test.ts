import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { packageRoot } from '../../../lib/core/asset.ts';

/** Modules that are loaded with a program, before it asks for any by `import()`. */
async function loadedWith(entry: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [join(packageRoot, entry)],
    absWorkingDir: packageRoot,
    outdir: 'nowhere',
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    alias: { atelier: join(packageRoot, 'lib/index.ts') },
    logLevel: 'error',
  });
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const imported of metafile.inputs[path]?.imports ?? []) {
      if (imported.kind !== 'dynamic-import') visit(imported.path);
    }
  };
  visit(entry);
  return [...seen];
}

test.each(['lib/cli/main.ts', 'lib/index.ts', 'stacks/manifests.ts'])(
  'GIVEN no cloud WHEN %s is loaded THEN nothing of Pulumi is',
  async (entry) => {
    const modules = await loadedWith(entry);
    expect(modules.length).toBeGreaterThan(10);
    expect(modules.filter((path) => path.includes('@pulumi/'))).toEqual([]);
  },
);

test('GIVEN a cluster that exists WHEN the program of pulumi up is loaded THEN modules of the SDK come one by one, and none of a provider', async () => {
  const pulumi = (await loadedWith('stacks/cloud.ts')).filter((path) => path.startsWith('@pulumi/'));
  expect(pulumi.length).toBeGreaterThan(5);
  expect(pulumi.filter((path) => !/^@pulumi\/pulumi\/\w+.*\.js$/.test(path))).toEqual([]);
  // These bring all of the SDK.
  expect(
    pulumi.filter((path) => /^@pulumi\/pulumi\/(index|(runtime|automation|dynamic|provider)\/index)\.js$/.test(path)),
  ).toEqual([]);
});

test('GIVEN a cloud WHEN its component is loaded THEN modules of @pulumi/aws come one by one, never the package', async () => {
  const modules = await loadedWith('lib/pulumi/aws/cloud.ts');
  const aws = modules.filter((path) => path.startsWith('@pulumi/aws'));
  expect(aws.length).toBeGreaterThan(20);
  // An index of the package would load all of a service, the package itself all services.
  expect(aws.filter((path) => !/^@pulumi\/aws\/(\w+\/)?\w+\.js$/.test(path) || path.endsWith('index.js'))).toEqual([]);
});
