import type { JsonObject } from '../core/json.ts';
import { toYaml } from '../core/yaml.ts';
import type { NodeBootstrap } from '../model/cloud-plan.ts';
import type { Platform } from '../model/platform.ts';
import { cappedReservation } from './kubelet-reservation.ts';
import { nodeLabelsFlag, registeredTaints } from './node-join.ts';
import type { Ec2Pool } from './node-source.ts';

const NODE_CONFIG = { apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig' } as const;

const fastImagePull = ({ capacity: { image } }: Ec2Pool): JsonObject =>
  image.family === 'al2023' && image.fastImagePull ? { featureGates: { FastImagePull: true } } : {};

/**
 * User data of an EC2NodeClass, or none. Karpenter adds its own NodeConfig with cluster, labels, taints and kubelet
 * settings, and nodeadm merges the two (amazon-eks-ami nodeadm; Karpenter 1.14 amifamily/bootstrap/nodeadm.go).
 */
export function karpenterUserData(source: Ec2Pool): string | undefined {
  const spec = fastImagePull(source);
  return Object.keys(spec).length === 0 ? undefined : toYaml({ ...NODE_CONFIG, spec });
}

/** All three reservations: kubelet's own defaults would come back for a key that a drop-in leaves out. */
function reservations({ pool, capacity: { maxPods } }: Ec2Pool): JsonObject {
  const [node] = pool.nodes;
  if (maxPods === undefined || !node) return {};
  const { millicpu, pods } = node.capacity;
  return { maxPods: pods, kubeReserved: { ...cappedReservation(millicpu, pods) } };
}

/**
 * nodeadm's part for kubelet. With an AMI id the user data is all that a node gets (EKS user guide, launch templates), so
 * it says labels and taints too, which EKS says of AMIs it knows.
 */
function kubelet(platform: Platform, source: Ec2Pool): JsonObject {
  const known = source.capacity.image.amiId === undefined;
  const config = { ...reservations(source), ...(known ? {} : registeredTaints(platform, source.pool)) };
  return {
    ...(Object.keys(config).length === 0 ? {} : { config }),
    ...(known ? {} : { flags: [nodeLabelsFlag(source.pool)] }),
  };
}

/**
 * What the launch template of a managed node group has to say beside what EKS says by itself, as data: a NodeConfig for
 * nodeadm, or settings of Bottlerocket. `undefined` where there is nothing. With an AMI id, whoever makes the launch
 * template adds the cluster's name, endpoint and certificate.
 */
export function managedNodeBootstrap(platform: Platform, source: Ec2Pool): NodeBootstrap | undefined {
  const { capacity } = source;
  if (capacity.image.family === 'bottlerocket') {
    // Bottlerocket reserves memory for the cap by itself.
    const [node] = source.pool.nodes;
    if (capacity.maxPods === undefined || !node) return undefined;
    return { kind: 'bottlerocket', settings: { kubernetes: { 'max-pods': node.capacity.pods } } };
  }
  const settings = kubelet(platform, source);
  const spec = { ...fastImagePull(source), ...(Object.keys(settings).length === 0 ? {} : { kubelet: settings }) };
  return Object.keys(spec).length === 0 ? undefined : { kind: 'nodeadm', nodeConfig: { ...NODE_CONFIG, spec } };
}
