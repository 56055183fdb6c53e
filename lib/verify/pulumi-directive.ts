import type { Segment } from '../preview/change.ts';

/** Annotations by which a program tells Pulumi how to apply an object (pulumi-kubernetes 4.34.2 provider/pkg/metadata). */
const PREFIX = 'pulumi.com/';

/** Whether a field says how Pulumi is to apply an object, and nothing to whoever reads the object. */
export function isDirective(path: readonly Segment[]): boolean {
  const [metadata, annotations, key] = path;
  return metadata === 'metadata' && annotations === 'annotations' && typeof key === 'string' && key.startsWith(PREFIX);
}
