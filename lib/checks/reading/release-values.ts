import type { Bundle, BundleRelease } from '../../bundle/bundle.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Finding } from '../rule.ts';

/** The releases of a chart with their values; `Values` names the ones that the caller reads, all of them optional. */
export function valuesOfChart<Values extends object>(
  bundle: Bundle,
  chart: string,
): readonly { readonly release: BundleRelease; readonly values: Values }[] {
  return bundle.releases
    .filter((release) => release.chart.name === chart)
    .map((release) => ({ release, values: release.values as Values }));
}

/** A value at its place: `prometheus.prometheusSpec.retention`. */
export interface PlacedValue {
  readonly path: string;
  readonly key: string;
  readonly value: Json;
  /** The map it stands in. */
  readonly map: JsonObject;
}

function walk(value: Json | undefined, path: string, into: PlacedValue[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries()) walk(item, `${path}[${index}]`, into);
    return;
  }
  const map = value as JsonObject;
  for (const [key, child] of Object.entries(map)) {
    if (child === undefined) continue;
    const place = path === '' ? key : `${path}.${key}`;
    into.push({ path: place, key, value: child, map });
    walk(child, place, into);
  }
}

const placed = new WeakMap<JsonObject, readonly PlacedValue[]>();

/** Every value of a release at its place; several rules ask, and values of a Bundle never change. */
function placedValues(values: JsonObject): readonly PlacedValue[] {
  const known = placed.get(values);
  if (known) return known;
  const found: PlacedValue[] = [];
  walk(values, '', found);
  placed.set(values, found);
  return found;
}

/** Every value of the release that stands under one of these keys, at any depth. */
export function valuesNamed(release: BundleRelease, keys: readonly string[]): readonly PlacedValue[] {
  return placedValues(release.values).filter(({ key }) => keys.includes(key));
}

/** A finding about the values of a release. */
export function aboutRelease({ name, origin }: BundleRelease, message: string, hint: string): Finding {
  return { at: origin, subject: `release "${name}"`, message, hint };
}
