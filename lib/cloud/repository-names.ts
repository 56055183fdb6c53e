import type { Environment } from '../model/environment.ts';
import { imageReference } from '../model/session-image.ts';

/** `registry/repository` of an image reference, without tag and digest. */
function withoutTag(reference: string): string {
  return reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
}

/** Names of the repositories of the environment's registry that its images lie in, sorted. */
export function imageRepositoryNames({ images, registry, tenancy, spark }: Environment): readonly string[] {
  const references = [
    ...images.map((image) => imageReference(image, registry.host)),
    ...(tenancy.backend.kind === 'hnc' && tenancy.backend.image !== undefined ? [tenancy.backend.image] : []),
    ...(spark === undefined ? [] : [spark.image]),
  ];
  const [server = ''] = registry.host.split('/');
  const names = references
    .filter((reference) => reference.startsWith(`${server}/`))
    .map((reference) => withoutTag(reference).slice(server.length + 1));
  return [...new Set(names)].sort();
}
