import { Construct } from 'constructs';
import type { Platform } from '../model/platform.ts';
import { AddOns } from './add-ons.ts';
import { cloudSite } from './cloud-site.ts';
import { ControlPlane } from './control-plane.ts';
import { Database } from './database.ts';
import { EncryptionKey } from './encryption-key.ts';
import { FileSystem } from './file-system.ts';
import { ImageRepositories } from './image-repositories.ts';
import { Network } from './network.ts';

/**
 * What has to be in AWS before there is a cluster to apply anything to, as part of the cloud plan (CLOUD-1). Empty where
 * the cluster exists without Atelier's doing.
 */
export class CloudFoundation extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const site = cloudSite(platform);
    if (site === undefined) return;
    new EncryptionKey(this, 'key', site);
    new Network(this, 'network', site);
    new ControlPlane(this, 'control-plane', site);
    new AddOns(this, 'add-ons', site);
    new FileSystem(this, 'file-system', site);
    new Database(this, 'database', site);
    new ImageRepositories(this, 'image-repositories', site);
  }
}
