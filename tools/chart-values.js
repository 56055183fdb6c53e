// Turns a chart's default values into the paths it knows, for lib/helm/values-paths.ts:
//
//   node tools/chart-values.js CHART --name NAME --version VERSION --source SOURCE [--subchart KEY=CHART]... \
//     > lib/catalog/data/chart-values/NAME.json
//
// CHART is the chart's folder (values.yaml and templates/), or a file of values (YAML, or JSON {"values": ...}). With a
// folder, keys that templates read without a default are found too. Values of a subchart lie under its key, the parent's
// win, as in Helm. Prints
//
//   {chart, version, source, paths: {"a/b": KIND}, readWithoutDefault: {"a/c": KIND}}
//
// Segments of a path are joined by "/", with "~1" for "/" and "~0" for "~" inside a segment (JSON pointer, RFC 6901).
// KIND: string, number, boolean, null; list (not empty), map (its keys are those listed), open (anything goes below).
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

/**
 * Maps that charts copy whole into an object: their defaults are an example, not the list of their keys. A map of such a
 * name is closed all the same where a template picks single keys out of it.
 */
const COPIED =
  /(^|[a-z])([nN]odeSelector|[aA]nnotations|[lL]abels|[rR]esources|[sS]ecurityContext|[aA]ffinity|[sS]trategy|env)$|^(liveness|readiness|startup)Probe$/;
/** Templates that only look at keys in order to warn of them or to refuse them. */
const NOT_READERS = /NOTES\.txt$|(^|\/)tests?\/|validat/i;

const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const escapeSegment = (segment) => segment.replaceAll('~', '~0').replaceAll('/', '~1');
const toPath = (segments) => segments.map(escapeSegment).join('/');

function filesBelow(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    // A link into a part of the repository that is not here.
    if (!existsSync(path)) return [];
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/** `{values, templates}` of a chart folder or a file of values. */
function readChart(path) {
  if (!statSync(path).isDirectory()) {
    const document = parse(readFileSync(path, 'utf8'));
    return { values: path.endsWith('.json') ? document.values : document, templates: '' };
  }
  const folder = join(path, 'templates');
  const templates = filesBelow(folder)
    .filter((file) => !NOT_READERS.test(relative(folder, file)))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  return { values: parse(readFileSync(join(path, 'values.yaml'), 'utf8')) ?? {}, templates };
}

/** Keys that the templates read, as segments: `.Values.a.b` and `index .Values "a" "b"`. */
function readKeys(templates) {
  const dotted = [...templates.matchAll(/\.Values((?:\.[A-Za-z0-9_-]+)+)/g)].map((match) =>
    match[1].slice(1).split('.'),
  );
  const indexed = [...templates.matchAll(/index \$?[\w.]*\.Values((?: "[^"]+")+)/g)].map((match) =>
    [...match[1].matchAll(/"([^"]+)"/g)].map((key) => key[1]),
  );
  return [...dotted, ...indexed];
}

/** Maps whose keys the templates pick one by one. */
function pickedMaps(templates, keys) {
  const picked = new Set(
    keys.flatMap((segments) => segments.slice(1).map((_, index) => toPath(segments.slice(0, index + 1)))),
  );
  for (const match of templates.matchAll(/with \$?\.Values((?:\.[A-Za-z0-9_-]+)+)\s*-?}}\s*{{-?\s*with \./g)) {
    picked.add(toPath(match[1].slice(1).split('.')));
  }
  return picked;
}

function merge(child, parent) {
  if (!isMap(child) || !isMap(parent)) return parent === undefined ? child : parent;
  const keys = [...new Set([...Object.keys(child), ...Object.keys(parent)])];
  return Object.fromEntries(keys.map((key) => [key, merge(child[key], parent[key])]));
}

function kindOf(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'open' : 'list';
  if (isMap(value)) return Object.keys(value).length === 0 ? 'open' : 'map';
  return typeof value;
}

function collectPaths(values, picked, segments, paths) {
  for (const [key, value] of Object.entries(values)) {
    const path = [...segments, key];
    const copied = isMap(value) && COPIED.test(key) && !picked.has(toPath(path));
    paths.set(toPath(path), copied ? 'open' : kindOf(value));
    if (isMap(value) && !copied) collectPaths(value, picked, path, paths);
  }
}

/** Keys that templates read and the defaults lack; everything above them is known, open, or on this list too. */
function missingPaths(keys, paths) {
  const missing = new Map();
  for (const segments of keys) {
    for (const [index] of segments.entries()) {
      const path = toPath(segments.slice(0, index + 1));
      const kind = paths.get(path);
      if (kind !== undefined && kind !== 'map') break;
      if (kind === 'map') continue;
      const last = index === segments.length - 1;
      missing.set(path, last ? (missing.get(path) ?? 'open') : 'map');
    }
  }
  return missing;
}

const sorted = (map) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: 'string' },
    version: { type: 'string' },
    source: { type: 'string' },
    subchart: { type: 'string', multiple: true, default: [] },
  },
});
const [chartPath] = positionals;
if (!chartPath || !flags.name || !flags.version || !flags.source) {
  console.error(
    'usage: node tools/chart-values.js CHART --name NAME --version VERSION --source SOURCE [--subchart KEY=CHART]',
  );
  process.exit(2);
}

const chart = readChart(chartPath);
let { values } = chart;
const keys = readKeys(chart.templates);
const picked = pickedMaps(chart.templates, keys);
for (const subchart of flags.subchart) {
  const [key, path] = subchart.split('=');
  const child = readChart(path);
  values = merge({ [key]: child.values }, values);
  const childKeys = readKeys(child.templates);
  const under = (segments) => (segments[0] === 'global' ? segments : [key, ...segments]);
  keys.push(...childKeys.map(under));
  for (const path of pickedMaps(child.templates, childKeys)) picked.add(`${escapeSegment(key)}/${path}`);
}

const paths = new Map();
collectPaths(values, picked, [], paths);
const { name, version, source } = flags;
const document = {
  chart: name,
  version,
  source,
  paths: sorted(paths),
  readWithoutDefault: sorted(missingPaths(keys, paths)),
};
process.stdout.write(`${JSON.stringify(document, undefined, 1)}\n`);
