import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { Json, JsonObject } from '../core/json.ts';
import type { Bundle, BundleCloudResource, BundleObject, Manifest, Origin } from './bundle.ts';
import type { BundleContents } from './contents.ts';
import { INDEX_FILE, parseIndex } from './index-file.ts';
import { CLOUD_PLAN, type LayoutFile, objectPath } from './layout.ts';
import { PHASES, type Phase } from './phase.ts';
import { PLATFORM_FILE, parsePlatformFacts } from './platform-file.ts';

/** Thrown where a folder does not hold what `atelier synth` writes: which file, and what is wrong with it. */
export class UnreadableTreeError extends Error {
  override readonly name = 'UnreadableTreeError';
}

/** What is in memory already: objects whose files are found unchanged are shared instead of being parsed again. */
export interface KnownFiles {
  readonly bundle: Pick<Bundle, 'objects'>;
  readonly files: readonly LayoutFile[];
}

const ADVICE = 'Only a folder as "atelier synth" wrote it can be compared with.';

/** Git may have written the files with Windows line ends. */
function readText(folder: string, file: string): string {
  const path = join(folder, file);
  if (!existsSync(path)) throw new UnreadableTreeError(`${path} is named by ${INDEX_FILE} and missing. ${ADVICE}`);
  const text = readFileSync(path, 'utf8');
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

function parseYaml(folder: string, file: string, text: string): JsonObject {
  let documents: readonly unknown[];
  try {
    documents = loadAll(text);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new UnreadableTreeError(`${join(folder, file)} cannot be read as YAML: ${reason}. ${ADVICE}`);
  }
  const [value, ...others] = documents;
  if (others.length > 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnreadableTreeError(`${join(folder, file)} does not hold one map. ${ADVICE}`);
  }
  return value as JsonObject;
}

function isManifest(value: JsonObject): value is Manifest {
  const { apiVersion, kind, metadata } = value as { readonly [key: string]: Json };
  const name = typeof metadata === 'object' && metadata !== null ? (metadata as JsonObject).name : undefined;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof name === 'string';
}

function phaseOf(folder: string, file: string): Phase {
  const [first, second] = file.split('/');
  const phase = PHASES.find((each) => each === first || (first === 'releases' && each === second));
  if (!phase) throw new UnreadableTreeError(`${join(folder, file)} lies in no phase. ${ADVICE}`);
  return phase;
}

/** Parses an object, unless the same file is in memory already. */
function objectReader(folder: string, known?: KnownFiles): (file: string) => Manifest {
  const contents = new Map(known?.files.map(({ path, content }) => [path, content]));
  const manifests = new Map(known?.bundle.objects.map((object) => [objectPath(object), object.manifest]));
  return (file) => {
    const text = readText(folder, file);
    const same = text === contents.get(file) ? manifests.get(file) : undefined;
    if (same) return same;
    const manifest = parseYaml(folder, file, text);
    if (!isManifest(manifest)) {
      throw new UnreadableTreeError(`${join(folder, file)} is no Kubernetes object. ${ADVICE}`);
    }
    return manifest;
  };
}

const originOf = ({ construct, path, source }: Origin): Origin => ({ construct, path, ...(source ? { source } : {}) });

function readCloud(folder: string, entries: readonly Origin[]): readonly BundleCloudResource[] {
  if (entries.length === 0) return [];
  const { resources } = parseYaml(folder, CLOUD_PLAN, readText(folder, CLOUD_PLAN));
  if (!Array.isArray(resources) || resources.length !== entries.length) {
    throw new UnreadableTreeError(`${join(folder, CLOUD_PLAN)} and ${INDEX_FILE} do not agree. ${ADVICE}`);
  }
  return entries.map((entry, index) => ({
    ...(resources[index] as Omit<BundleCloudResource, 'origin'>),
    origin: originOf(entry),
  }));
}

/** Whether `atelier synth` wrote the folder. */
export function isWrittenTree(folder: string): boolean {
  const index = join(folder, INDEX_FILE);
  return existsSync(index) && parseIndex(readFileSync(index, 'utf8')) !== undefined;
}

/** Reads back what `atelier synth` wrote to `dist/<environment>`. Throws {@link UnreadableTreeError}. */
export function readTree(folder: string, known?: KnownFiles): BundleContents {
  const index = existsSync(join(folder, INDEX_FILE)) ? parseIndex(readText(folder, INDEX_FILE)) : undefined;
  if (!index) throw new UnreadableTreeError(`${folder} holds no ${INDEX_FILE} of ours. ${ADVICE}`);
  const readObject = objectReader(folder, known);
  const platform = existsSync(join(folder, PLATFORM_FILE))
    ? parsePlatformFacts(readText(folder, PLATFORM_FILE))
    : undefined;
  return {
    environment: index.environment,
    objects: index.objects.map(
      (entry): BundleObject => ({
        phase: phaseOf(folder, entry.file),
        manifest: readObject(entry.file),
        origin: originOf(entry),
      }),
    ),
    releases: index.releases.map((entry) => ({
      phase: phaseOf(folder, entry.file),
      name: entry.name,
      namespace: entry.namespace,
      chart: entry.chart,
      values: parseYaml(folder, entry.file, readText(folder, entry.file)),
      origin: originOf(entry),
    })),
    cloud: readCloud(folder, index.cloud),
    files: index.files.map((entry) => ({
      path: entry.file,
      content: readText(folder, entry.file),
      origin: originOf(entry),
    })),
    ...(platform ? { platform } : {}),
  };
}
