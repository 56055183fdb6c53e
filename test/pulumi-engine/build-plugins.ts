import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { packageRoot } from '../../lib/core/asset.ts';
import { KUBERNETES_PLUGIN_VERSION } from '../../lib/pulumi/kubernetes-provider.ts';
import packageJson from '../../package.json' with { type: 'json' };

/** A stand-in for a provider: the engine finds it as if it had been installed. */
export interface ProviderPlugin {
  /** `kubernetes` */
  readonly name: string;
  /** Version that the program asks for. */
  readonly version: string;
  /** Its program, below test/pulumi-engine/. */
  readonly source: string;
}

export const KUBERNETES_STAND_IN: ProviderPlugin = {
  name: 'kubernetes',
  version: KUBERNETES_PLUGIN_VERSION,
  source: 'kubernetes-provider.ts',
};

/** Applies nothing, for measurements. */
export const KUBERNETES_WITHOUT_CLUSTER: ProviderPlugin = {
  ...KUBERNETES_STAND_IN,
  source: 'kubernetes-without-cluster.ts',
};

export const AWS_STAND_IN: ProviderPlugin = {
  name: 'aws',
  version: packageJson.dependencies['@pulumi/aws'],
  source: 'aws/main.ts',
};

/** Where what was built lies. */
export interface PluginFolders {
  /** Belongs on the PATH: the language host. */
  readonly bin: string;
  /** Belongs in PULUMI_HOME as `plugins`. */
  readonly plugins: string;
}

function writeLauncher(file: string, program: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(file, 0o755);
}

/** Makes executables of the language host and of the providers, in `folder`. */
export async function buildPlugins(folder: string, providers: readonly ProviderPlugin[]): Promise<PluginFolders> {
  const here = join(packageRoot, 'test', 'pulumi-engine');
  const sources = ['language-host.ts', 'program-usage.ts', ...providers.map(({ source }) => source)];
  const programs = join(folder, 'programs');
  await build({
    entryPoints: sources.map((source) => join(here, source)),
    outdir: programs,
    outbase: here,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Packages are looked up from here, not from where the plugin lies.
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(here, 'plugin.js')).href) },
    logLevel: 'error',
  });
  const program = (source: string): string => join(programs, source.replace(/\.ts$/, '.cjs'));
  const [bin, plugins] = [join(folder, 'bin'), join(folder, 'plugins')];
  writeLauncher(join(bin, 'pulumi-language-nodejs'), program('language-host.ts'));
  for (const { name, version, source } of providers) {
    writeLauncher(join(plugins, `resource-${name}-v${version}`, `pulumi-resource-${name}`), program(source));
  }
  return { bin, plugins };
}
