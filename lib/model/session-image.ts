import * as z from 'zod';
import { nameField, urlField } from './field.ts';

/** Written into a Dockerfile, one word each; the patterns leave out whatever a shell would read as more. */
const baseField = z.string().regex(/^[\w.:/@-]+$/, 'is no image reference');
const systemPackageField = z.string().regex(/^[a-z0-9][a-z0-9.+:-]*(=[\w.+:~-]+)?$/, 'is no Debian package');
const rPackageField = z.string().regex(/^[A-Za-z][A-Za-z0-9.]*(@[0-9.-]+)?$/, 'is no R package');
const pythonPackageField = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]*(\[[\w.,-]+\])?([=<>!~]=?=?[\w.*+!-]+)?(,[=<>!~]=?=?[\w.*+!-]+)*$/, 'is no requirement');
const certificateField = z.string().regex(/^[A-Za-z0-9][\w.-]*\.crt$/, 'is no file name that ends in ".crt"');

const buildSchema = z
  .strictObject({
    base: baseField.describe('Image the build starts from, for example a CUDA or a Posit session image, with tag.'),
    systemPackages: z.array(systemPackageField).default([]).describe('Debian packages, "name" or "name=version".'),
    rPackages: z.array(rPackageField).default([]).describe('R packages, "name" or "name@version".'),
    pythonPackages: z
      .array(pythonPackageField)
      .default([])
      .describe('Python requirements, for example "torch==2.9.1".'),
    certificates: z
      .array(certificateField)
      .default([])
      .describe('CA certificates: files *.crt in the folder images/<name> of your repository.'),
    packageRepositories: z
      .strictObject({
        cran: urlField.default('https://packagemanager.posit.co/cran/latest').describe('CRAN mirror.'),
        pypi: urlField.default('https://pypi.org/simple').describe('Python index.'),
      })
      .prefault({})
      .describe('Where packages come from.'),
  })
  .describe('Recipe: Atelier writes the Dockerfile and the CI job.');

/** A container image that sessions run. */
export const sessionImageSchema = z.strictObject({
  name: nameField.describe('How profiles name the image.'),
  repository: z
    .string()
    .regex(/^[a-z0-9]+([._/-]+[a-z0-9]+)*$/, 'is no repository')
    .describe('Repository, without registry where the registry of the environment holds it.'),
  tag: z
    .string()
    .regex(/^\w[\w.-]{0,127}$/, 'is no image tag')
    .describe('Tag; "latest" is refused, because it makes two sessions differ.'),
  registry: z
    .string()
    .regex(/^[\w.:/-]+$/, 'is no registry')
    .optional()
    .describe('Registry host. Default: that of the environment.'),
  gpu: z.boolean().default(false).describe('The image brings CUDA.'),
  build: buildSchema.optional(),
});
export type SessionImage = z.output<typeof sessionImageSchema>;
export type ImageBuild = NonNullable<SessionImage['build']>;

/** `registry/repository:tag`. */
export function imageReference(image: SessionImage, registryHost: string): string {
  const registry = image.registry ?? registryHost;
  return `${registry === '' ? '' : `${registry}/`}${image.repository}:${image.tag}`;
}
