import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { ChartReference } from '../catalog/charts.ts';
import { TARGET_VERSIONS } from '../catalog/versions.ts';
import type { JsonObject } from '../core/json.ts';
import { chartPlaces, findChart } from './find-chart.ts';
import { HelmError, runHelm } from './helm-program.ts';

/** A release as `helm template` takes it. */
export interface ReleaseToRender {
  readonly name: string;
  readonly namespace: string;
  readonly chart: ChartReference;
  readonly values: JsonObject;
}

/** Where what was rendered is kept, outside the checkout. It only saves time: whoever deletes it loses nothing. */
function cacheFile(key: string): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'atelier', 'rendered', `${key}.yaml`);
}

function keep(file: string, text: string): void {
  mkdirSync(join(file, '..'), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, text);
  renameSync(own, file);
}

function objectsIn(text: string, release: string): readonly JsonObject[] {
  try {
    return loadAll(text).flatMap((each) => (typeof each === 'object' && each !== null ? [each as JsonObject] : []));
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    throw new HelmError(`Release ${release}: what helm rendered is no YAML: ${reason}`);
  }
}

/**
 * The objects that a release's chart makes of its values: without its CRDs, which helm never upgrades, and without hooks. Kept
 * under the chart's content, the release and the values, so that what did not change is rendered once.
 *
 * @throws HelmError where there is no helm, no such chart, or an error in its templates.
 */
export async function renderRelease(release: ReleaseToRender, folder: string): Promise<readonly JsonObject[]> {
  const { name, namespace, chart, values } = release;
  const found = findChart(chart, folder);
  const kubernetes = TARGET_VERSIONS.kubernetes;
  const key = createHash('sha256')
    .update(JSON.stringify([found.digest, name, namespace, kubernetes, values]))
    .digest('hex');
  const file = cacheFile(key);
  const named = `${namespace}/${name}`;
  if (existsSync(file)) return objectsIn(readFileSync(file, 'utf8'), named);
  const words = ['--namespace', namespace, '--kube-version', kubernetes, '--no-hooks', '--values', '-'];
  const { code, stdout, message } = await runHelm(['template', name, ...found.words, ...words], JSON.stringify(values));
  if (code !== 0) {
    const which = `chart ${chart.name} ${chart.version}`;
    throw new HelmError(
      found.isLocal
        ? `Release ${named}: helm cannot render ${which}: ${message}`
        : `Release ${named}: ${which} is not in ${folder} (looked for ${chartPlaces(chart).join(', ')}), and helm did not get it from ${chart.repository}: ${message}`,
    );
  }
  const objects = objectsIn(stdout, named);
  keep(file, stdout);
  return objects;
}
