import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { ChartReference } from '../catalog/charts.ts';

/** A chart as helm takes it. */
export interface FoundChart {
  /** Words of `helm template`: a path, or where in which repository. */
  readonly words: readonly string[];
  /** Differs where the chart does. */
  readonly digest: string;
  /** Whether it lies in the folder; else helm has to fetch it. */
  readonly isLocal: boolean;
}

interface ChartFile {
  readonly name?: unknown;
  readonly version?: unknown;
}

function readChartFile(folder: string): ChartFile | undefined {
  const path = join(folder, 'Chart.yaml');
  try {
    return existsSync(path) ? ((load(readFileSync(path, 'utf8')) ?? {}) as ChartFile) : undefined;
  } catch {
    return undefined;
  }
}

function digestOf(path: string): string {
  const hash = createHash('sha256');
  const add = (at: string, name: string): void => {
    if (statSync(at).isDirectory()) {
      for (const entry of readdirSync(at).sort()) add(join(at, entry), `${name}/${entry}`);
      return;
    }
    hash.update(`${name}\0`).update(readFileSync(at)).update('\0');
  };
  add(path, '');
  return hash.digest('hex');
}

/** Where a chart may lie in a folder of charts, in this order: `chart-1.2.3.tgz`, `chart-1.2.3`, `chart` at that version. */
export function chartPlaces({ name, version }: ChartReference): readonly string[] {
  return [`${name}-${version}.tgz`, `${name}-${version}`, name];
}

/** The chart in the folder, else where its repository has it. */
export function findChart(reference: ChartReference, folder: string): FoundChart {
  const { name, version, repository } = reference;
  for (const place of chartPlaces(reference)) {
    const path = join(folder, place);
    if (!existsSync(path)) continue;
    const fits = place.endsWith('.tgz') || readChartFile(path)?.version === version;
    if (fits) return { words: [path], digest: digestOf(path), isLocal: true };
  }
  const words = repository.startsWith('oci://')
    ? [`${repository}/${name}`, '--version', version]
    : [name, '--repo', repository, '--version', version];
  return { words, digest: words.join(' '), isLocal: false };
}
