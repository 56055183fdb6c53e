import type { ChartReference } from '../catalog/charts.ts';
import type { Bundle, Origin } from './bundle.ts';
import { CLOUD_PLAN, type LayoutFile, objectPath, releasePath } from './layout.ts';
import { PLATFORM_FILE } from './platform-file.ts';

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
  const head = [
    `  "format": ${bundle.format}`,
    `  "environment": ${JSON.stringify(bundle.environment)}`,
    ...(bundle.lateValues.length > 0 ? [`  "lateValues": ${JSON.stringify(bundle.lateValues)}`] : []),
  ].join(',\n');
  return { path: INDEX_FILE, content: `{\n${[head, ...sections].join(',\n')}\n}\n` };
}

/** An index as it is read back. */
export interface WrittenIndex {
  readonly environment: string;
  readonly objects: readonly IndexEntry[];
  readonly releases: readonly (IndexEntry & {
    readonly name: string;
    readonly namespace: string;
    readonly chart: ChartReference;
  })[];
  readonly cloud: readonly (Origin & { readonly kind: string; readonly name: string })[];
  readonly files: readonly IndexEntry[];
}

/** Entries of a section, if they are what we write: files below the folder, nothing that leads out of it. */
function isSection(section: unknown): section is readonly IndexEntry[] {
  return (
    Array.isArray(section) &&
    section.every(
      ({ file }: { file?: unknown }) => typeof file === 'string' && !/^[/\\]|(^|[/\\])\.\.([/\\]|$)/.test(file),
    )
  );
}

/** Reads an index; `undefined` where the text is none of ours. */
export function parseIndex(text: string): WrittenIndex | undefined {
  try {
    const index = JSON.parse(text) as Partial<Record<keyof WrittenIndex | 'format', unknown>>;
    const { format, environment, objects, releases, cloud = [], files } = index;
    if (format !== 1 || typeof environment !== 'string' || !Array.isArray(cloud)) return undefined;
    return [objects, releases, files].every(isSection) ? ({ ...index, cloud } as unknown as WrittenIndex) : undefined;
  } catch {
    return undefined;
  }
}

/** Every file that belongs to an index, itself included; `undefined` where the text is no index of ours. */
export function filesOfIndex(text: string): ReadonlySet<string> | undefined {
  const index = parseIndex(text);
  if (!index) return undefined;
  const listed = [...index.objects, ...index.releases, ...index.files].map(({ file }) => file);
  return new Set([INDEX_FILE, CLOUD_PLAN, PLATFORM_FILE, ...listed]);
}
