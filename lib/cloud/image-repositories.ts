import { Construct } from 'constructs';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { type CloudSite, isProtected } from './cloud-site.ts';
import { imageRepositoryNames } from './repository-names.ts';

/** A repository for every image that the environment takes from its own registry. */
export class ImageRepositories extends Construct {
  constructor(scope: Construct, id: string, site: CloudSite) {
    super(scope, id);
    declareOrigin(this, ['cluster', 'cloud', 'imageRepositories']);
    const { cloud, platform } = site;
    if (cloud.imageRepositories === undefined) return;
    for (const name of imageRepositoryNames(platform.environment)) {
      const spec = { ...cloud.imageRepositories, protected: isProtected(site) };
      new CloudResource(this, name, { kind: 'ecr-repository', name, spec });
    }
  }
}
