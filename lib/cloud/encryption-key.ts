import { Construct } from 'constructs';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { type CloudSite, hasOwnKey, isProtected } from './cloud-site.ts';

/** The key that encrypts Secrets, homes and database. Empty where the keys of the services do. */
export class EncryptionKey extends Construct {
  constructor(scope: Construct, id: string, site: CloudSite) {
    super(scope, id);
    declareOrigin(this, ['cluster', 'cloud', 'encryption']);
    if (!hasOwnKey(site)) return;
    const { cluster, platform } = site;
    new CloudResource(this, 'key', {
      kind: 'kms-key',
      name: cluster.name,
      spec: {
        description: `Secrets, homes and database of the environment ${platform.environment.name}`,
        alias: `alias/${cluster.name}`,
        protected: isProtected(site),
      },
    });
  }
}
