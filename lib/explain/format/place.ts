import type { Place, Step } from '../explanation.ts';

/** `stacks/environments/prod.ts:112:3`, or the path where no file is known. */
export function describePlace({ path, source }: Place): string {
  return source ? `${source.file}:${source.line}:${source.column}` : path;
}

/** Places of a step by what a reader can open, each once, files of the environment before those of dist. */
export function whereabouts({ places, files }: Step, environment: string): readonly string[] {
  return [...new Set([...places.map(describePlace), ...files.map((file) => `dist/${environment}/${file}`)])];
}
