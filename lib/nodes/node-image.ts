import type { Ec2NodeClassSpec } from '../crds/karpenter.k8s.aws.ts';
import type { NodeGroupSpec } from '../model/cloud-plan.ts';
import type { Platform } from '../model/platform.ts';
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
function amiType({ pool, capacity }: Ec2Pool): string {
  if (capacity.image.amiId !== undefined) return 'CUSTOM';
  const architecture = pool.nodes[0]?.architecture === 'arm64' ? 'ARM_64' : 'x86_64';
  const gpu = pool.gpuModel !== undefined;
  if (capacity.image.family === 'bottlerocket') return `BOTTLEROCKET_${architecture}${gpu ? '_NVIDIA' : ''}`;
  return `AL2023_${architecture}_${gpu ? 'NVIDIA' : 'STANDARD'}`;
}

/**
 * Public SSM parameter with the release of a pinned image as EKS calls it (`1.36.3-20260724`), which the environment
 * cannot know: it names Kubernetes' patch release. Sources: EKS user guide, "Retrieve recommended AMI IDs"; Karpenter
 * 1.14 pkg/providers/amifamily/al2023.go and bottlerocket.go, which read image ids below the same paths.
 */
function releaseParameter({ environment }: Platform, { pool, capacity }: Ec2Pool): string | undefined {
  const { family, version, amiId } = capacity.image;
  if (amiId !== undefined || version === 'latest') return undefined;
  const arm = pool.nodes[0]?.architecture === 'arm64';
  const kubernetes = environment.kubernetesVersion;
  if (family === 'bottlerocket') {
    const variant = `aws-k8s-${kubernetes}`;
    return `/aws/service/bottlerocket/${variant}/${arm ? 'arm64' : 'x86_64'}/${version.replace(/^v/, '')}/image_version`;
  }
  const architecture = arm ? 'arm64' : 'x86_64';
  const variant = pool.gpuModel === undefined ? 'standard' : 'nvidia';
  const name = `amazon-eks-node-al2023-${architecture}-${variant}-${kubernetes}-${version}`;
  return `/aws/service/eks/optimized-ami/${kubernetes}/amazon-linux-2023/${architecture}/${variant}/${name}/release_version`;
}

/** What the nodes of a managed node group boot. */
export function managedNodeImage(platform: Platform, source: Ec2Pool): NodeGroupSpec['image'] {
  const { family, version, amiId } = source.capacity.image;
  const parameter = releaseParameter(platform, source);
  return {
    amiType: amiType(source),
    family,
    version,
    ...(amiId === undefined ? {} : { amiId }),
    ...(parameter === undefined ? {} : { releaseParameter: parameter }),
  };
}
