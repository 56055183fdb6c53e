import * as z from 'zod';
import type { Environment } from './environment.ts';
import { imageReference } from './session-image.ts';

/** ECR repositories for every image that the environment takes from its registry. */
export const imageRepositoriesSchema = z.strictObject({
  immutableTags: z.boolean().default(true).describe('A tag that was pushed once stands for the same image for ever.'),
  scanOnPush: z.boolean().default(true).describe('ECR looks for known vulnerabilities in what is pushed.'),
  keepUntaggedDays: z.int().min(1).default(14).describe('How long images without a tag are kept.'),
  keepTagged: z.int().min(1).default(50).describe('How many images with a tag are kept, newest first.'),
});
export type ImageRepositories = z.output<typeof imageRepositoriesSchema>;

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
