import { findInstanceType } from '../catalog/instance-types.ts';
import { LABELS } from '../catalog/labels.ts';
import { GPU_RESOURCE } from '../catalog/resource-names.ts';
import { fitName } from '../core/names.ts';
import type { NodeOverlaySpec } from '../crds/karpenter.sh.ts';
import type { PoolNode } from '../model/pool.ts';
import type { Ec2Pool } from './node-source.ts';

/** What Karpenter has to be told about some instance types of a pool. */
export interface DeviceOverlay {
  readonly name: string;
  readonly spec: NodeOverlaySpec;
}

/** GPUs that Karpenter plans with by itself: none for a part of a GPU, for which EC2 reports a count of 0. */
function plannedGpus(node: PoolNode): number {
  return findInstanceType(node.type)?.gpu?.partition === 1 ? node.capacity.gpus : 0;
}

/** What to add to or to change in Karpenter's picture of the node; empty where the picture is right. */
function corrections(node: PoolNode): Readonly<Record<string, string>> {
  const planned: Readonly<Record<string, number>> = { [GPU_RESOURCE]: plannedGpus(node) };
  // 0 where the name is not advertised: otherwise a pod that asks for it would start a node it can never use.
  const advertised: Readonly<Record<string, number>> = { [GPU_RESOURCE]: 0, ...node.devices };
  return Object.fromEntries(
    Object.entries(advertised)
      .filter(([device, count]) => count !== (planned[device] ?? 0))
      .map(([device, count]) => [device, String(count)]),
  );
}

/**
 * NodeOverlays of a pool whose nodes advertise other devices than EC2 says: shared GPUs, MIG instances, parts of a GPU.
 * Karpenter plans and launches with them (1.14 AWS cloudprovider.go Create). Types of equal devices share one.
 */
export function deviceOverlays({ pool }: Ec2Pool): readonly DeviceOverlay[] {
  const groups = new Map<string, { readonly capacity: Readonly<Record<string, string>>; readonly nodes: PoolNode[] }>();
  for (const node of pool.nodes) {
    const capacity = corrections(node);
    if (Object.keys(capacity).length === 0) continue;
    const key = JSON.stringify(capacity);
    const group = groups.get(key) ?? { capacity, nodes: [] };
    group.nodes.push(node);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ capacity, nodes }) => ({
    // Named by the count, so that a further instance type does not rename the others.
    name: fitName(`${pool.name}-${nodes[0]?.capacity.gpus ?? 0}-gpu`),
    spec: {
      requirements: [
        { key: LABELS.karpenterNodePool, operator: 'In', values: [pool.name] },
        { key: LABELS.instanceType, operator: 'In', values: nodes.map(({ type }) => type) },
      ],
      capacity,
    },
  }));
}
