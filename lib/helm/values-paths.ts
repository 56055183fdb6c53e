import { type ChartValues, chartsWithValues, chartValues } from '../catalog/chart-values.ts';
import type { Json, JsonObject } from '../core/json.ts';
import { didYouMean, nearest } from '../core/suggest.ts';

/** A value that the chart will never read. */
export interface UnknownValuePath {
  /** Segments joined by `/`, escaped as in a JSON pointer: `config/server/rsever.conf`. */
  readonly path: string;
  /**
   * `no-such-key`: the chart has no such key there. `map-expected`: it has a map there, and the value is none.
   * `scalar-expected`: it has a scalar there, and the value is a map.
   */
  readonly reason: 'no-such-key' | 'map-expected' | 'scalar-expected';
  /** The known sibling that was probably meant, as a path. */
  readonly nearest?: string;
}

const isMap = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const escapeSegment = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');

/** Keys that the chart has directly below `parent` (`''` for the top level), still escaped. */
function keysBelow({ paths }: ChartValues, parent: string): readonly string[] {
  const prefix = parent === '' ? '' : `${parent}/`;
  return [...paths.keys()]
    .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
    .map((path) => path.slice(prefix.length));
}

function noSuchKey(chart: ChartValues, parent: string, key: string): UnknownValuePath {
  const prefix = parent === '' ? '' : `${parent}/`;
  const sibling = nearest(key, keysBelow(chart, parent));
  const path = `${prefix}${key}`;
  return { path, reason: 'no-such-key', ...(sibling === undefined ? {} : { nearest: `${prefix}${sibling}` }) };
}

function checkValue(chart: ChartValues, parent: string, key: string, value: Json): readonly UnknownValuePath[] {
  const segment = escapeSegment(key);
  const path = parent === '' ? segment : `${parent}/${segment}`;
  const kind = chart.paths.get(path);
  switch (kind) {
    case undefined:
      return [noSuchKey(chart, parent, segment)];
    case 'map':
      if (isMap(value)) return checkValues(chart, path, value);
      // Helm: null takes the default away.
      return value === null ? [] : [{ path, reason: 'map-expected' }];
    case 'string':
    case 'number':
    case 'boolean':
      return isMap(value) ? [{ path, reason: 'scalar-expected' }] : [];
    case 'open':
    case 'list':
    case 'null':
      return [];
  }
}

function checkValues(chart: ChartValues, parent: string, values: JsonObject): readonly UnknownValuePath[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : checkValue(chart, parent, key, value),
  );
}

/**
 * Every place of `values` that the chart does not read: Helm takes a misspelt key without a word, and the default stays.
 * Only the topmost place is reported. Below `open`, `list` and `null` anything goes; types of scalars are not compared,
 * since charts mix them. `chart` is one of `chartsWithValues`; throws a `RangeError` for another.
 */
export function unknownValuePaths(chart: string, values: JsonObject): readonly UnknownValuePath[] {
  const known = chartValues(chart);
  if (!known) throw new RangeError(`No values are known of chart "${chart}". ${didYouMean(chart, chartsWithValues)}`);
  return checkValues(known, '', values);
}
