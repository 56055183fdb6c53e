import { Construct } from 'constructs';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { GeneratedFile } from '../constructs/generated-file.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { formatBytes, formatMillicpu } from '../core/quantity.ts';
import type { Platform } from '../model/platform.ts';
import type { PoolNode } from '../model/pool.ts';
import { kubeletArguments, kubeletDropIn } from './kubelet-drop-in.ts';
import { labelScript } from './label-script.ts';
import { type StaticPool, staticPools } from './node-source.ts';

/** What the node reports in `status.allocatable`, devices included. */
function allocatable({ allocatable: resources, devices }: PoolNode): Readonly<Record<string, string>> {
  return {
    cpu: formatMillicpu(resources.millicpu),
    memory: formatBytes(resources.memoryBytes),
    'ephemeral-storage': formatBytes(resources.ephemeralBytes),
    pods: String(resources.pods),
    ...Object.fromEntries(Object.entries(devices).map(([name, count]) => [name, String(count)])),
  };
}

/** Files for the machines of one pool, and each machine as part of the cloud plan. */
function staticPool(scope: Construct, platform: Platform, { pool, capacity }: StaticPool): void {
  const construct = new Construct(scope, pool.name);
  declareOrigin(construct, pool.at);
  const dropIn = kubeletDropIn(platform, pool);
  if (dropIn !== undefined) {
    new GeneratedFile(construct, 'kubelet', { path: `nodes/${pool.name}/10-atelier.conf`, content: dropIn });
  }
  new GeneratedFile(construct, 'kubelet-arguments', {
    path: `nodes/${pool.name}/kubelet.env`,
    content: kubeletArguments(pool),
  });
  const [node] = pool.nodes;
  for (const name of capacity.nodes) {
    const spec = {
      pool: pool.name,
      labels: pool.labels,
      taints: pool.taints,
      ...(node ? { allocatable: allocatable(node) } : {}),
    };
    new CloudResource(construct, `node-${name}`, { kind: 'static-node', name, spec });
  }
}

/** Pools of machines that exist: kubelet settings for new ones, and a script that labels and taints all of them. */
export class StaticNodes extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const pools = staticPools(platform);
    if (pools.length === 0) return;
    const nodes = new Construct(this, 'pools');
    for (const source of pools) staticPool(nodes, platform, source);
    declareOrigin(this, ['nodePools']);
    new GeneratedFile(this, 'label-script', { path: 'nodes/label-nodes.sh', content: labelScript(pools) });
  }
}
