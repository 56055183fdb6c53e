import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** One question of the engine to a provider. */
export interface ProviderCall {
  /** `check`, `diff`, `create`, ... */
  readonly method: string;
  /** Milliseconds of one clock that all processes share. */
  readonly start: number;
  readonly end: number;
}

type Handler = (call: never, answer: (...words: readonly unknown[]) => void) => unknown;

const now = (): number => performance.timeOrigin + performance.now();

/** The handlers of a service; each call is a line of the file. */
export function timed<T extends object>(handlers: T, file: string): T {
  const entries = Object.entries(handlers).map(([method, handler]: [string, Handler]) => {
    const timedHandler: Handler = (call, answer) => {
      const start = now();
      return handler(call, (...words) => {
        appendFileSync(file, `${JSON.stringify({ method, start, end: now() } satisfies ProviderCall)}\n`);
        answer(...words);
      });
    };
    return [method, timedHandler];
  });
  return Object.fromEntries(entries) as T;
}

export function readCalls(file: string): readonly ProviderCall[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as ProviderCall);
}

/** Seconds in which at least one call was under way. */
export function secondsUnderWay(calls: readonly ProviderCall[]): number {
  let [milliseconds, until] = [0, 0];
  for (const { start, end } of calls.toSorted((one, other) => one.start - other.start)) {
    milliseconds += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return milliseconds / 1000;
}
