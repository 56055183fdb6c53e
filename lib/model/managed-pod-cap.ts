import type { InstanceType } from '../catalog/instance-types.ts';
import type { Environment } from './environment.ts';
import type { NodePool } from './node-pool.ts';

/** From so many vCPUs on a node may have more pods. */
const LARGE_VCPUS = 30;

/**
 * Most pods that EKS lets onto a node of a managed node group, whatever kubelet is told and however many addresses there
 * are (EKS user guide, "Create a managed node group"). `undefined` where EKS sets none: on nodes of Karpenter, and where
 * the group boots an AMI of its own.
 */
export function managedPodCap(
  { autoscaler, cluster }: Pick<Environment, 'autoscaler' | 'cluster'>,
  { role, capacity }: NodePool,
  type: InstanceType,
): number | undefined {
  const ofKarpenter = autoscaler.kind === 'karpenter' && role !== 'system';
  if (ofKarpenter || cluster.kind !== 'eks' || capacity.kind !== 'ec2' || capacity.image.amiId !== undefined) {
    return undefined;
  }
  return type.vcpu < LARGE_VCPUS ? 110 : 250;
}
