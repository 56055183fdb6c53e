import { findSourceMap } from 'node:module';
import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in a file a person wrote. Lines and columns start at 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Locations of one value: its own, and those of the values under its keys where the parser knows them. */
interface Located {
  readonly self: SourceLocation;
  readonly keys?: Readonly<Record<string, SourceLocation>>;
}

// A registered symbol, because an environment file may be evaluated beside another copy of this module.
const LOCATED = Symbol.for('atelier.located');

/** Remembers where `value` was written. The mark is invisible to enumeration, JSON and equality. */
export function attachLocation<T extends object>(
  value: T,
  self: SourceLocation,
  keys?: Readonly<Record<string, SourceLocation>>,
): T {
  const located: Located = keys ? { self, keys } : { self };
  Object.defineProperty(value, LOCATED, { value: located, enumerable: false, configurable: true });
  return value;
}

function locatedOf(value: unknown): Located | undefined {
  return typeof value === 'object' && value !== null ? (value as { [LOCATED]?: Located })[LOCATED] : undefined;
}

/** The most precise known location of the value at `path` below `root`: its own, or that of the nearest ancestor. */
export function locate(root: unknown, path: readonly PropertyKey[]): SourceLocation | undefined {
  let best = locatedOf(root)?.self;
  let value: unknown = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return best;
    const located = locatedOf(value);
    const next: unknown = (value as Record<PropertyKey, unknown>)[key];
    best = locatedOf(next)?.self ?? located?.keys?.[String(key)] ?? best;
    value = next;
  }
  return best;
}

/** The frame that `callee`, which is running, was called from. Its file is a path, or the URL of a module. */
function callerFrame(callee: (argument: never) => unknown): NodeJS.CallSite | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const trace: { stack?: NodeJS.CallSite } = {};
  Error.stackTraceLimit = 1;
  Error.prepareStackTrace = (_, [frame]) => frame;
  Error.captureStackTrace(trace, callee);
  const frame = trace.stack;
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  return frame;
}

/** A place in code that runs, as written, where its file has a source map. The file is a path, or the URL of a module. */
function writtenLocation(name: string, line: number, column: number): SourceLocation {
  const at = (file: string, row: number, place: number): SourceLocation => ({
    file: shownPath(file.startsWith('file:') ? fileURLToPath(file) : file),
    line: row,
    column: place,
  });
  // Counts from 0, and is empty where nothing was written.
  const origin = findSourceMap(name)?.findEntry(line - 1, column - 1);
  return origin && 'originalSource' in origin
    ? at(origin.originalSource, origin.originalLine + 1, origin.originalColumn + 1)
    : at(name, line, column);
}

/** Where `callee`, which is running, was called from. */
export function callerLocation(callee: (argument: never) => unknown): SourceLocation | undefined {
  const frame = callerFrame(callee);
  const [name, line, column] = [frame?.getFileName(), frame?.getLineNumber(), frame?.getColumnNumber()];
  return name && line && column ? writtenLocation(name, line, column) : undefined;
}

/** A line of a stack that stands in a file: `    at need (/x/vault.ts:2:32)`. */
const FRAME = /^\s+at (?:.*\()?(?!node:)(?<file>[^()]+):(?<line>\d+):(?<column>\d+)\)?$/;

/** Where something was thrown while a file was loaded by `require`: the innermost line that is of no package. */
export function throwingLocation(error: unknown): SourceLocation | undefined {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  const loading = lines.findIndex((line) => line.includes('(node:internal/modules/'));
  for (const line of lines.slice(0, Math.max(0, loading))) {
    const { file = '', line: row, column } = FRAME.exec(line)?.groups ?? {};
    const place = file === '' ? undefined : writtenLocation(file, Number(row), Number(column));
    if (place && !place.file.includes('node_modules/')) return place;
  }
  return undefined;
}

/** A path as messages and the index show it: relative where it lies below the working directory, whole elsewhere. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === '' || fromHere.startsWith('..') || isAbsolute(fromHere) ? path : fromHere.replaceAll('\\', '/');
}
