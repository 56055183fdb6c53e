import type { Manifest } from '../../lib/bundle/bundle.ts';
import type { BundleContents } from '../../lib/bundle/contents.ts';

/** Contents that hold these objects and nothing else. */
export function contentsOf(...manifests: readonly object[]): BundleContents {
  return {
    environment: 'test',
    objects: (manifests as readonly Manifest[]).map((manifest) => ({
      phase: '10-foundation',
      manifest,
      origin: { construct: 'test', path: '(environment)' },
    })),
    releases: [],
    cloud: [],
    files: [],
    platform: { pools: [], profiles: [] },
  };
}

/** An object of a kind, named `x`, in namespace `ns` where its kind has one. */
export function object(kind: string, fields: object = {}, name = 'x', namespace?: string): object {
  const [, group = '', own = kind] = /^(.*)\/(\w+)$/.exec(kind) ?? [];
  return {
    apiVersion: group === '' ? 'v1' : `${group}/v1`,
    kind: own,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    ...fields,
  };
}
