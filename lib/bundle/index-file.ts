import type { Bundle, Origin } from './bundle.ts';
import { CLOUD_PLAN, type LayoutFile, objectPath, releasePath } from './layout.ts';

/** Name of the index; also the mark by which a folder is known as ours to replace. */
export const INDEX_FILE = 'index.json';

/** One line of the index. */
interface IndexEntry extends Origin {
  readonly file: string;
}

function entry(file: string, origin: Origin): IndexEntry {
  return { file, ...origin };
}

/** The index: where every object, release and file comes from, one per line so that a diff reads well. */
export function indexFile(bundle: Bundle): LayoutFile {
  const lines = (entries: readonly object[]): string =>
    entries.map((each) => `    ${JSON.stringify(each)}`).join(',\n');
  const section = (name: string, entries: readonly object[]): string =>
    `  ${JSON.stringify(name)}: [${entries.length > 0 ? `\n${lines(entries)}\n  ` : ''}]`;
  const sections = [
    section(
      'objects',
      bundle.objects.map((object) => entry(objectPath(object), object.origin)),
    ),
    section(
      'releases',
      bundle.releases.map((release) => ({
        ...entry(releasePath(release), release.origin),
        name: release.name,
        namespace: release.namespace,
        chart: release.chart,
      })),
    ),
    section(
      'cloud',
      bundle.cloud.map(({ kind, name, origin }) => ({ kind, name, ...origin })),
    ),
    section(
      'files',
      bundle.files.map(({ path, origin }) => entry(path, origin)),
    ),
  ];
  const head = `  "format": ${bundle.format},\n  "environment": ${JSON.stringify(bundle.environment)}`;
  return { path: INDEX_FILE, content: `{\n${[head, ...sections].join(',\n')}\n}\n` };
}

interface WrittenIndex {
  readonly format?: unknown;
  readonly environment?: unknown;
  readonly objects?: readonly { readonly file: string }[];
  readonly releases?: readonly { readonly file: string }[];
  readonly files?: readonly { readonly file: string }[];
}

/** Every file that belongs to an index, itself included; `undefined` where the text is no index of ours. */
export function filesOfIndex(text: string): ReadonlySet<string> | undefined {
  let index: WrittenIndex;
  try {
    index = JSON.parse(text) as WrittenIndex;
  } catch {
    return undefined;
  }
  const { format, environment, objects, releases, files } = index;
  if (format !== 1 || typeof environment !== 'string' || !objects || !releases || !files) return undefined;
  return new Set([INDEX_FILE, CLOUD_PLAN, ...[...objects, ...releases, ...files].map(({ file }) => file)]);
}
