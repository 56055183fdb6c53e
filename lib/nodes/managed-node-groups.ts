import { Construct } from 'constructs';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { declareOrigin } from '../constructs/origin.ts';
import type { Platform } from '../model/platform.ts';
import { managedNodeGroups } from './managed-node-group.ts';
import { managedPools } from './node-source.ts';

/** EKS managed node groups as part of the cloud plan. */
export class ManagedNodeGroups extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    for (const source of managedPools(platform)) {
      const construct = new Construct(this, source.pool.name);
      declareOrigin(construct, source.pool.at);
      for (const { name, spec } of managedNodeGroups(platform, source)) {
        new CloudResource(construct, name, { kind: 'eks-managed-node-group', name, spec });
      }
    }
  }
}
