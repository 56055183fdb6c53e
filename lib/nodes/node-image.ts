import type { Ec2NodeClassSpec } from '../crds/karpenter.k8s.aws.ts';
import type { Ec2Pool } from './node-source.ts';

/**
 * Karpenter's choice of the AMI. An alias lets it take the NVIDIA variant for GPU types by itself; an id needs the
 * family said beside it (Karpenter 1.14 EC2NodeClass, CEL rules of amiSelectorTerms).
 */
export function amiSelection({ capacity }: Ec2Pool): Pick<Ec2NodeClassSpec, 'amiSelectorTerms' | 'amiFamily'> {
  const { family, version, amiId } = capacity.image;
  if (amiId === undefined) return { amiSelectorTerms: [{ alias: `${family}@${version}` }] };
  return { amiSelectorTerms: [{ id: amiId }], amiFamily: family === 'al2023' ? 'AL2023' : 'Bottlerocket' };
}

/** EKS API `amiType` of a managed node group: family, architecture, and the variant with NVIDIA's driver for GPUs. */
export function amiType({ pool, capacity }: Ec2Pool): string {
  if (capacity.image.amiId !== undefined) return 'CUSTOM';
  const architecture = pool.nodes[0]?.architecture === 'arm64' ? 'ARM_64' : 'x86_64';
  const gpu = pool.gpuModel !== undefined;
  if (capacity.image.family === 'bottlerocket') return `BOTTLEROCKET_${architecture}${gpu ? '_NVIDIA' : ''}`;
  return `AL2023_${architecture}_${gpu ? 'NVIDIA' : 'STANDARD'}`;
}
