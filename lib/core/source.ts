import { isAbsolute, relative } from 'node:path';

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

const FRAME = /\(?(?<file>(?:file:\/\/|\/|[A-Za-z]:\\)[^()]*):(?<line>\d+):(?<column>\d+)\)?$/;

/** Where `callee`, which is running, was called from: read from the stack trace, source maps applied. */
export function callerLocation(callee: (argument: never) => unknown): SourceLocation | undefined {
  const trace: { stack?: string } = {};
  // Each frame costs a look into the source map, and one is read.
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(trace, callee);
  Error.stackTraceLimit = limit;
  const match = FRAME.exec(trace.stack?.split('\n').at(-1)?.trim() ?? '');
  if (!match?.groups) return undefined;
  const { file = '', line, column } = match.groups;
  return { file: shownPath(file.replace(/^file:\/\//, '')), line: Number(line), column: Number(column) };
}

/** A path as messages and the index show it: relative where it lies below the working directory, whole elsewhere. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === '' || fromHere.startsWith('..') || isAbsolute(fromHere) ? path : fromHere.replaceAll('\\', '/');
}
