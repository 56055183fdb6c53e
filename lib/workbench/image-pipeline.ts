import { IMAGES } from '../catalog/images.ts';
import type { JsonObject } from '../core/json.ts';
import { toYaml } from '../core/yaml.ts';
import type { Environment } from '../model/environment.ts';
import { type ImageBuild, imageReference, type SessionImage } from '../model/session-image.ts';

/** A session image with a recipe. */
export type BuiltImage = SessionImage & { readonly build: ImageBuild };

/** The images of the environment that have a recipe, in its order. */
export function builtImages(images: readonly SessionImage[]): readonly BuiltImage[] {
  return images.flatMap((image) => (image.build ? [{ ...image, build: image.build }] : []));
}

/** Amazon ECR: account and region stand in the host. */
const ECR_HOST = /^\d{12}\.dkr\.ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.amazonaws\.com/;

/** Signs in to the image's registry: with the runner's role on ECR, elsewhere with two masked variables of the project. */
function login(image: BuiltImage, { registry, cluster }: Environment): readonly string[] {
  const [host = ''] = (image.registry ?? registry.host).split('/');
  const region = ECR_HOST.exec(host)?.groups?.region ?? (cluster.kind === 'eks' ? cluster.region : undefined);
  const ecr = ECR_HOST.test(host) || (registry.kind === 'ecr' && image.registry === undefined);
  if (ecr && region !== undefined) {
    return [
      'dnf install --assumeyes --setopt=install_weak_deps=False awscli2',
      `aws ecr get-login-password --region ${region} | buildah login --username AWS --password-stdin ${host}`,
    ];
  }
  return [
    `printf '%s' "$REGISTRY_PASSWORD" | buildah login --username "$REGISTRY_USER" --password-stdin ${host || 'docker.io'}`,
  ];
}

function job(image: BuiltImage, environment: Environment, folder: string): JsonObject {
  const recipe = `${folder}/images/${image.name}`;
  // Certificates are yours and lie in your own folder; what is below `folder` is replaced at every synth.
  const context = image.build.certificates.length > 0 ? `images/${image.name}` : recipe;
  const reference = imageReference(image, environment.registry.host);
  const changes = [...new Set([`${recipe}/**/*`, `${context}/**/*`])];
  return {
    extends: '.session-image',
    before_script: login(image, environment),
    script: [
      `buildah build --pull --file ${recipe}/Dockerfile --tag ${reference} ${context}`,
      `buildah push ${reference}`,
    ],
    rules: [
      { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH', changes },
      { when: 'manual', allow_failure: true },
    ],
  };
}

/**
 * GitLab pipeline with one job per image that has a recipe, for `include: local:` in the pipeline of the repository that
 * holds the output. A job runs when the recipe, or a certificate in it, changes on the default branch, and by hand.
 */
export function imagePipeline(environment: Environment): string {
  const folder = environment.gitOps?.path ?? `dist/${environment.name}`;
  const images = builtImages(environment.images);
  const jobs = Object.fromEntries(
    images.map((image) => [`session-image:${image.name}`, job(image, environment, folder)]),
  );
  const template: JsonObject = {
    stage: 'build',
    image: IMAGES.buildah,
    // Needs neither a daemon nor a privileged runner.
    variables: { BUILDAH_ISOLATION: 'chroot', STORAGE_DRIVER: 'vfs' },
  };
  const head = '# Session images. Written by Atelier: change the environment, not this file.\n';
  return head + toYaml({ '.session-image': template, ...jobs });
}
