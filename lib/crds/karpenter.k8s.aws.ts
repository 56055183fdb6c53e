import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { kubernetesObject, type ObjectMetadata } from '../constructs/kubernetes-object.ts';

export const EC2_NODE_CLASS = { group: 'karpenter.k8s.aws', version: 'v1', kind: 'EC2NodeClass' } as const;

/** One EBS volume; sizes are quantities, throughput is MiB/s. */
export interface BlockDeviceMapping {
  readonly deviceName: string;
  /** The volume that holds images and ephemeral storage; on Bottlerocket that is not the one it boots from. */
  readonly rootVolume?: true;
  readonly ebs: {
    readonly volumeSize: string;
    readonly volumeType: 'gp3';
    readonly encrypted: true;
    readonly deleteOnTermination: true;
    readonly iops?: number;
    readonly throughput?: number;
    readonly snapshotID?: string;
  };
}

/** Access to the instance metadata service from the node. */
export interface MetadataOptions {
  readonly httpEndpoint: 'enabled';
  readonly httpProtocolIPv6: 'disabled';
  readonly httpPutResponseHopLimit: number;
  readonly httpTokens: 'required';
}

/** karpenter.k8s.aws/v1 EC2NodeClass (Karpenter 1.14). */
export interface Ec2NodeClassSpec {
  /** IAM role of the nodes. */
  readonly role: string;
  readonly subnetSelectorTerms: readonly { readonly tags: Readonly<Record<string, string>> }[];
  readonly securityGroupSelectorTerms: readonly { readonly tags: Readonly<Record<string, string>> }[];
  readonly amiSelectorTerms: readonly ({ readonly alias: string } | { readonly id: string })[];
  /** Needed where the AMI is no alias. */
  readonly amiFamily?: 'AL2023' | 'Bottlerocket';
  readonly blockDeviceMappings: readonly BlockDeviceMapping[];
  readonly kubelet?: { readonly maxPods: number; readonly kubeReserved: Readonly<Record<string, string>> };
  readonly metadataOptions: MetadataOptions;
  readonly userData?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export function ec2NodeClass(
  scope: Construct,
  id: string,
  metadata: ObjectMetadata,
  spec: Ec2NodeClassSpec,
): ApiObject {
  const apiVersion = `${EC2_NODE_CLASS.group}/${EC2_NODE_CLASS.version}`;
  return kubernetesObject(scope, id, { apiVersion, kind: EC2_NODE_CLASS.kind, metadata, body: { spec } });
}
