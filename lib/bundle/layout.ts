import { toYaml } from '../core/yaml.ts';
import type { Bundle, BundleObject, BundleRelease } from './bundle.ts';
import { PLATFORM_FILE, platformFacts } from './platform-file.ts';

/** A file below `dist/<environment>/`. */
export interface LayoutFile {
  readonly path: string;
  readonly content: string;
}

/** `40-nodes/_cluster/nodepool.gpu.yaml`; file systems that ignore case stay safe, names being lower case. */
export function objectPath({ phase, manifest }: BundleObject): string {
  const folder = manifest.metadata.namespace ?? '_cluster';
  // RBAC names may hold colons, which some file systems refuse.
  const name = manifest.metadata.name.replaceAll(':', '_');
  return `${phase}/${folder}/${manifest.kind.toLowerCase()}.${name}.yaml`;
}

/** The cloud plan of an environment. */
export const CLOUD_PLAN = 'cloud/plan.yaml';

/** `releases/20-controllers/kyverno.values.yaml`: outside the phase folders, so that these hold nothing but objects. */
export function releasePath({ phase, name }: BundleRelease): string {
  return `releases/${phase}/${name}.values.yaml`;
}

/** The helm command that installs a release, as the first line of its values file says. */
function helmCommand(release: BundleRelease): string {
  const { name, namespace, chart } = release;
  const source = chart.repository.startsWith('oci://')
    ? `${chart.repository}/${chart.name}`
    : `${chart.name} --repo ${chart.repository}`;
  return `helm upgrade --install ${name} ${source} --version ${chart.version} --namespace ${namespace} --values ${name}.values.yaml`;
}

/** Every file of the environment except the index, sorted by path. Throws where two objects would share one. */
export function layoutFiles(bundle: Bundle): readonly LayoutFile[] {
  const files: LayoutFile[] = [
    ...bundle.objects.map((object) => ({ path: objectPath(object), content: toYaml(object.manifest) })),
    ...bundle.releases.map((release) => ({
      path: releasePath(release),
      content: `# ${helmCommand(release)}\n${toYaml(release.values)}`,
    })),
    ...bundle.files.map(({ path, content }) => ({ path, content })),
    { path: PLATFORM_FILE, content: platformFacts(bundle.platform) },
    ...(bundle.cloud.length > 0
      ? [
          {
            path: CLOUD_PLAN,
            content: toYaml({ resources: bundle.cloud.map(({ kind, name, spec }) => ({ kind, name, spec })) }),
          },
        ]
      : []),
  ];
  const seen = new Set<string>();
  for (const { path } of files) {
    if (seen.has(path)) throw new Error(`Two things of ${bundle.environment} would be written to ${path}.`);
    seen.add(path);
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
