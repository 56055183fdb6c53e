import type { Bundle } from './bundle.ts';
import type { PlatformFacts } from './platform-file.ts';

/** What a Bundle holds, whether it was just made or read back from the files that synth wrote. */
export interface BundleContents extends Pick<Bundle, 'environment' | 'objects' | 'releases' | 'cloud' | 'files'> {
  /** Missing where a version of Atelier wrote the files that left it out, or meant something else by it. */
  readonly platform?: PlatformFacts;
}

/** Contents of an environment that does not exist: what everything is new against. */
export function emptyContents(environment: string): BundleContents {
  return { environment, objects: [], releases: [], cloud: [], files: [], platform: { pools: [], profiles: [] } };
}
