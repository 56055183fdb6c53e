import { Construct } from 'constructs';
import { declareOrigin } from '../constructs/origin.ts';
import { ec2NodeClass } from '../crds/karpenter.k8s.aws.ts';
import { karpenterNodePool, nodeOverlay } from '../crds/karpenter.sh.ts';
import type { Platform } from '../model/platform.ts';
import { deviceOverlays } from './device-overlay.ts';
import { ec2NodeClassSpec } from './ec2-node-class.ts';
import { karpenterNodePoolSpec } from './karpenter-node-pool.ts';
import { karpenterPools } from './node-source.ts';

/** One NodePool and one EC2NodeClass per pool that Karpenter serves, and the NodeOverlays it needs to plan its devices. */
export class KarpenterPools extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    for (const source of karpenterPools(platform)) {
      const { pool } = source;
      const construct = new Construct(this, pool.name);
      declareOrigin(construct, pool.at);
      ec2NodeClass(construct, 'node-class', { name: pool.name }, ec2NodeClassSpec(platform, source));
      karpenterNodePool(construct, 'node-pool', { name: pool.name }, karpenterNodePoolSpec(platform, source));
      for (const { name, spec } of deviceOverlays(source)) nodeOverlay(construct, `overlay-${name}`, { name }, spec);
    }
  }
}
