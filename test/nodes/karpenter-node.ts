import { readFileSync } from 'node:fs';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import { parseBytes, parseMillicpu } from '../../lib/core/quantity.ts';
import type { Ec2NodeClassSpec } from '../../lib/crds/karpenter.k8s.aws.ts';
import type { KarpenterNodePoolSpec, NodeOverlaySpec } from '../../lib/crds/karpenter.sh.ts';
import { quantity, type SeenNode } from './imagined-node.ts';

/** What Karpenter publishes of each instance type; the source stands at the head of the file. */
const PUBLISHED = new Map(
  readFileSync(new URL('../fixtures/karpenter-allocatable.csv', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(1)
    .map((line) => {
      const [name = '', arch = '', cpu = '', memory = '', pods = '', , gpus = ''] = line.split(',');
      const row = { arch, cpu: parseMillicpu(cpu) ?? 0, memory: parseBytes(memory) ?? 0, pods: Number(pods), gpus };
      return [name, { ...row, gpus: Number(gpus) }] as const;
    }),
);

const specOf = <T>(manifest: Manifest): T => manifest.spec as unknown as T;

function allocatable(type: string, nodeClass: Ec2NodeClassSpec): Record<string, number> {
  const row = PUBLISHED.get(type);
  if (!row) throw new Error(`Karpenter publishes nothing of ${type}`);
  const volume = nodeClass.blockDeviceMappings.find(({ rootVolume }) => rootVolume);
  const size = parseBytes(volume?.ebs.volumeSize ?? '20Gi') ?? 0;
  // The table is for the reservation of all addresses, 255 MiB and 11 MiB each; the class may state another one.
  const published = (255 + 11 * row.pods) * 2 ** 20;
  const stated = nodeClass.kubelet?.kubeReserved.memory;
  return {
    cpu: row.cpu,
    memory: row.memory + published - (stated === undefined ? published : (parseBytes(stated) ?? 0)),
    pods: nodeClass.kubelet?.maxPods ?? row.pods,
    'ephemeral-storage': size - 2 ** 30 - Math.ceil(size / 10),
    'nvidia.com/gpu': row.gpus,
  };
}

/**
 * The node that Karpenter 1.14 plans with when it launches `type` in `zone` for a NodePool: its template, its class, the
 * published table of instance types, and the overlays whose requirements the node meets. Read from Karpenter's rules
 * (instancetype/types.go, nodeoverlay/store.go, cloudprovider/types.go ApplyCapacityOverlay), not from our renderer.
 */
export function planNode(
  nodePool: Manifest,
  nodeClass: Manifest,
  overlays: readonly Manifest[],
  type: string,
  zone: string,
): SeenNode {
  const { template } = specOf<KarpenterNodePoolSpec>(nodePool);
  const labels: Record<string, string> = {
    'karpenter.sh/nodepool': nodePool.metadata.name,
    'kubernetes.io/arch': PUBLISHED.get(type)?.arch ?? '',
    'kubernetes.io/os': 'linux',
    'node.kubernetes.io/instance-type': type,
    'topology.kubernetes.io/zone': zone,
    ...template.metadata.labels,
  };
  for (const { key, values } of template.spec.requirements) {
    if (key in labels && !values.includes(labels[key] ?? '')) throw new Error(`${key} ${labels[key]} is not allowed`);
  }
  const resources = allocatable(type, specOf<Ec2NodeClassSpec>(nodeClass));
  for (const overlay of overlays) {
    const { requirements, capacity } = specOf<NodeOverlaySpec>(overlay);
    if (!requirements.every(({ key, values }) => values.includes(labels[key] ?? ''))) continue;
    for (const [resource, text] of Object.entries(capacity)) resources[resource] = quantity(resource, text);
  }
  const taints = (template.spec.taints ?? []).map(({ key, value = '', effect }) => `${key}=${value}:${effect}`);
  return { labels, taints: taints.sort(), allocatable: resources };
}
