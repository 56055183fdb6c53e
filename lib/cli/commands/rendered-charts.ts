import { existsSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { BundleObject, BundleRelease, Manifest } from '../../bundle/bundle.ts';
import type { BundleContents } from '../../bundle/contents.ts';
import type { JsonObject } from '../../core/json.ts';
import { isNamespaced } from '../../crds/scope.ts';
import { HelmError } from '../../helm/helm-program.ts';
import { renderRelease } from '../../helm/render-release.ts';

const nameOf = ({ namespace, name }: BundleRelease): string => `${namespace}/${name}`;

function isManifest(object: JsonObject): object is Manifest {
  const { apiVersion, kind, metadata } = object as Partial<Manifest>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata?.name === 'string';
}

/** What helm would make of an object when it installs it: it goes to the release's namespace where it names none. */
function installed(manifest: Manifest, namespace: string): Manifest {
  const { apiVersion, kind, metadata } = manifest;
  if (metadata.namespace !== undefined || !isNamespaced(apiVersion, kind)) return manifest;
  return { ...manifest, metadata: { ...metadata, namespace } };
}

async function objectsOf(release: BundleRelease, folder: string): Promise<readonly BundleObject[]> {
  const { phase, namespace, origin } = release;
  const rendered = await renderRelease(release, folder);
  return rendered.filter(isManifest).map((manifest) => ({
    phase,
    manifest: installed(manifest, namespace),
    origin: { ...origin, release: nameOf(release) },
  }));
}

/**
 * Both versions with the objects that the charts of their releases render, where chart or values differ: what is the same
 * on both sides renders the same.
 *
 * @throws HelmError where the folder is missing or a chart cannot be rendered.
 */
export async function withRenderedCharts(
  before: BundleContents,
  after: BundleContents,
  folder: string,
): Promise<readonly [BundleContents, BundleContents]> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new HelmError(
      `--render-charts ${folder}: there is no such folder. Give one that holds charts, or an empty one to fetch them all.`,
    );
  }
  const render = async (own: BundleContents, other: BundleContents): Promise<BundleContents> => {
    const others = new Map(other.releases.map((release) => [nameOf(release), release]));
    const objects: BundleObject[] = [];
    for (const release of own.releases) {
      const twin = others.get(nameOf(release));
      const isSame =
        twin && isDeepStrictEqual(twin.values, release.values) && isDeepStrictEqual(twin.chart, release.chart);
      if (!isSame) objects.push(...(await objectsOf(release, folder)));
    }
    return { ...own, objects: [...own.objects, ...objects] };
  };
  return [await render(before, after), await render(after, before)];
}
