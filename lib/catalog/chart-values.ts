import { readAsset } from '../core/asset.ts';
import { CHARTS } from './charts.ts';

/** What a chart has at a path: a scalar, a list, a map whose keys are all known, or anything (`open`). */
export type ValueKind = 'string' | 'number' | 'boolean' | 'null' | 'list' | 'map' | 'open';

/** The values that a chart reads. */
export interface ChartValues {
  readonly chart: string;
  /** Version whose values these are. */
  readonly version: string;
  /** Repository, revision and folder, and the licence. */
  readonly source: string;
  /** Segments joined by `/`, escaped as in a JSON pointer: `config/server/rserver.conf`, `nodeSelector/kubernetes.io~1os`. */
  readonly paths: ReadonlyMap<string, ValueKind>;
}

interface ChartValuesFile {
  readonly chart: string;
  readonly version: string;
  readonly source: string;
  readonly paths: Readonly<Record<string, ValueKind>>;
  readonly readWithoutDefault: Readonly<Record<string, ValueKind>>;
}

type ByHandFile = Readonly<
  Record<string, Readonly<Record<string, { readonly kind: ValueKind; readonly reason: string }>>>
>;

const FOLDER = 'lib/catalog/data';

/** Charts whose values the catalogue knows: all that Atelier installs. */
export const chartsWithValues: readonly string[] = Object.values(CHARTS)
  .map((chart) => chart.name)
  .sort();

const cached = new Map<string, ChartValues>();

function readChartValues(name: string): ChartValues {
  const file = JSON.parse(readAsset(`${FOLDER}/chart-values/${name}.json`)) as ChartValuesFile;
  const byHand = (JSON.parse(readAsset(`${FOLDER}/chart-values-by-hand.json`)) as ByHandFile)[name] ?? {};
  const { chart, version, source, paths, readWithoutDefault } = file;
  const entries = [
    ...Object.entries(paths),
    ...Object.entries(readWithoutDefault),
    ...Object.entries(byHand).map(([path, { kind }]) => [path, kind] as const),
  ];
  return { chart, version, source, paths: new Map(entries) };
}

/**
 * What a chart reads: its defaults, the keys that its templates read without one (both from `tools/chart-values.js`), and
 * what only a person can know (`chart-values-by-hand.json`, each with its reason; it wins).
 * `undefined` where the chart is none of `chartsWithValues`.
 */
export function chartValues(name: string): ChartValues | undefined {
  if (!chartsWithValues.includes(name)) return undefined;
  const known = cached.get(name) ?? readChartValues(name);
  cached.set(name, known);
  return known;
}
