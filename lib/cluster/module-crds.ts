import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { ClusterError, type Report } from './cluster-error.ts';
import type { ModuleCrd } from './crds.ts';
import { moduleSource } from './go-modules.ts';

/** Where each module of tools/crds keeps its definitions. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  'github.com/aws/karpenter-provider-aws': ['pkg/apis/crds'],
  'github.com/kyverno/kyverno': ['config/crds/policies.kyverno.io'],
  'github.com/prometheus-operator/prometheus-operator': ['example/prometheus-operator-crd'],
};

/** The definitions of the kinds asked for (`<group>/<Kind>`), as far as the pinned modules have them. */
export async function moduleCrds(kinds: ReadonlySet<string>, report: Report): Promise<readonly ModuleCrd[]> {
  if (kinds.size === 0) return [];
  const groups = new Set([...kinds].map((kind) => kind.slice(0, kind.lastIndexOf('/'))));
  const found: ModuleCrd[] = [];
  const slow = setTimeout(() => report('downloading the modules that hold custom resource definitions'), 2_000);
  const modules = Object.entries(FOLDERS).map(
    async ([module, below]) => [module, await moduleSource('crds', module), below] as const,
  );
  for (const [module, folder, folders] of await Promise.all(modules).finally(() => clearTimeout(slow))) {
    for (const below of folders) {
      const crds = join(folder, below);
      if (!existsSync(crds)) throw new ClusterError(`Module ${module} has no folder ${below}.`);
      // Files are named <group>_<plural>.yaml by controller-gen; only those of the groups are worth parsing.
      for (const file of readdirSync(crds).filter((name) => groups.has(name.split('_')[0] ?? ''))) {
        const text = readFileSync(join(crds, file), 'utf8');
        const { metadata, spec } = load(text) as {
          metadata: { name: string };
          spec: { group: string; names: { kind: string } };
        };
        if (kinds.has(`${spec.group}/${spec.names.kind}`)) found.push({ name: metadata.name, text });
      }
    }
  }
  return found;
}
