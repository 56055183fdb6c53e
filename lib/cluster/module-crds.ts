import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ClusterError, type Report } from './cluster-error.ts';
import { goEnvironment, missingGo } from './go.ts';
import { moduleFolder } from './tools.ts';

/** A custom resource definition of another project, as its file says it. */
export interface ModuleCrd {
  /** `nodepools.karpenter.sh` */
  readonly name: string;
  readonly text: string;
}

/** Where each module of tools/crds keeps its definitions. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  'github.com/aws/karpenter-provider-aws': ['pkg/apis/crds'],
  'github.com/kyverno/kyverno': ['config/crds/policies.kyverno.io'],
  'github.com/prometheus-operator/prometheus-operator': ['example/prometheus-operator-crd'],
};

function download(cwd: string): Promise<{ output: string; errors: string; code: number | null }> {
  return new Promise((resolve, reject) => {
    const go = spawn('go', ['mod', 'download', '-json'], { cwd, env: goEnvironment() });
    let output = '';
    let errors = '';
    go.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    go.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    go.on('error', reject);
    go.on('close', (code) => resolve({ output, errors, code }));
  });
}

/** Folders of the pinned modules in Go's own module cache; Go checks their content against go.sum. */
async function moduleFolders(report: Report): Promise<ReadonlyMap<string, string>> {
  const source = moduleFolder('crds');
  const missing = missingGo(source);
  if (missing !== undefined) throw new ClusterError(`Reading custom resource definitions ${missing}.`);
  const slow = setTimeout(() => report('downloading the modules that hold custom resource definitions'), 2_000);
  const { output, errors, code } = await download(source).finally(() => clearTimeout(slow));
  // One JSON object after the other, without commas.
  const modules = JSON.parse(`[${output.replace(/^}\n{$/gm, '},\n{')}]`) as {
    Path: string;
    Dir?: string;
    Error?: string;
  }[];
  const failed = modules.flatMap(({ Error: error }) => error ?? []);
  if (code !== 0 || failed.length > 0) {
    throw new ClusterError(
      `The modules of tools/crds cannot be downloaded; is there a network?\n  ${[errors.trim(), ...failed].join('\n  ')}`,
    );
  }
  return new Map(modules.flatMap(({ Path, Dir }) => (Dir === undefined ? [] : [[Path, Dir] as const])));
}

/** The definitions of the kinds asked for (`<group>/<Kind>`), as far as the pinned modules have them. */
export async function moduleCrds(kinds: ReadonlySet<string>, report: Report): Promise<readonly ModuleCrd[]> {
  if (kinds.size === 0) return [];
  const groups = new Set([...kinds].map((kind) => kind.slice(0, kind.lastIndexOf('/'))));
  const found: ModuleCrd[] = [];
  for (const [module, folder] of await moduleFolders(report)) {
    for (const below of FOLDERS[module] ?? []) {
      const crds = join(folder, below);
      if (!existsSync(crds)) throw new ClusterError(`Module ${module} has no folder ${below}.`);
      // Files are named <group>_<plural>.yaml by controller-gen; only those of the groups are worth parsing.
      for (const file of readdirSync(crds).filter((name) => groups.has(name.split('_')[0] ?? ''))) {
        const text = readFileSync(join(crds, file), 'utf8');
        const { metadata, spec } = parse(text) as {
          metadata: { name: string };
          spec: { group: string; names: { kind: string } };
        };
        if (kinds.has(`${spec.group}/${spec.names.kind}`)) found.push({ name: metadata.name, text });
      }
    }
  }
  return found;
}
