import { LifecyclePolicy } from '@pulumi/aws/ecr/lifecyclePolicy.js';
import { Repository } from '@pulumi/aws/ecr/repository.js';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import type { Planned } from './planned.ts';

/** An ECR repository that clears up after itself. */
export class ImageRepository extends ComponentResource {
  constructor(
    name: string,
    { name: repositoryName, spec }: Planned<'ecr-repository'>,
    opts?: ComponentResourceOptions,
  ) {
    const id = `${name}-${repositoryName}`;
    super('atelier:aws:ImageRepository', id, {}, opts);
    const repository = new Repository(
      id,
      {
        name: repositoryName,
        imageTagMutability: spec.immutableTags ? 'IMMUTABLE' : 'MUTABLE',
        imageScanningConfiguration: { scanOnPush: spec.scanOnPush },
        encryptionConfigurations: [{ encryptionType: 'AES256' }],
        forceDelete: !spec.protected,
      },
      { parent: this, protect: spec.protected },
    );
    const policy = JSON.stringify({
      rules: [
        {
          rulePriority: 1,
          description: 'Images without a tag',
          selection: {
            tagStatus: 'untagged',
            countType: 'sinceImagePushed',
            countUnit: 'days',
            countNumber: spec.keepUntaggedDays,
          },
          action: { type: 'expire' },
        },
        {
          rulePriority: 2,
          description: 'Images with a tag, oldest first',
          selection: {
            tagStatus: 'tagged',
            tagPatternList: ['*'],
            countType: 'imageCountMoreThan',
            countNumber: spec.keepTagged,
          },
          action: { type: 'expire' },
        },
      ],
    });
    new LifecyclePolicy(id, { repository: repository.name, policy }, { parent: this });
    this.registerOutputs({});
  }
}
