import type { Place, Step } from '../explanation.ts';

/** `stacks/environments/prod.ts:112:3`, or the path where no file is known. */
export function describePlace({ path, source, isDefault }: Place): string {
  if (isDefault) return `${path} (default)`;
  return source ? `${source.file}:${source.line}:${source.column}` : path;
}

/** The same with the path: `stacks/environments/prod.ts:112:3 sessionProfiles.gpu-small`. */
export function describeFullPlace(place: Place): string {
  const short = describePlace(place);
  return place.source ? `${short} ${place.path}` : short;
}

/** Files in which a step shows, as paths from where `atelier synth` was run. */
export function distFiles({ files }: Step, environment: string): readonly string[] {
  return files.map((file) => `dist/${environment}/${file}`);
}
