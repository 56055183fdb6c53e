import { Construct } from 'constructs';
import { GeneratedFile } from '../constructs/generated-file.ts';
import { declareOrigin } from '../constructs/origin.ts';
import type { Platform } from '../model/platform.ts';
import { dockerfile } from './dockerfile.ts';
import { builtImages, imagePipeline } from './image-pipeline.ts';

export interface SessionImagesProps {
  readonly platform: Platform;
}

/**
 * Build recipes of the session images that have one: a Dockerfile each, and a GitLab pipeline for all (WB-7). Makes
 * nothing where no image has a recipe. Phase 60-workloads, though none of it is applied.
 */
export class SessionImages extends Construct {
  constructor(scope: Construct, id: string, { platform }: SessionImagesProps) {
    super(scope, id);
    const { environment } = platform;
    const images = builtImages(environment.images);
    if (images.length === 0) return;
    declareOrigin(this, ['images']);
    for (const { name, build } of images) {
      const of = new Construct(this, `image-${name}`);
      declareOrigin(of, ['images', environment.images.findIndex((image) => image.name === name)]);
      new GeneratedFile(of, 'dockerfile', { path: `images/${name}/Dockerfile`, content: dockerfile(name, build) });
    }
    new GeneratedFile(this, 'pipeline', { path: 'images/.gitlab-ci.yml', content: imagePipeline(environment) });
  }
}
