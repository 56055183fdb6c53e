import type { JsonObject } from '../core/json.ts';
import type { IamPolicy } from './iam-policy.ts';

type Texts = Readonly<Record<string, string>>;

export interface PlannedSubnet {
  readonly name: string;
  readonly zone: string;
  readonly cidr: string;
  /** Whether it has a way to and from the internet. */
  readonly public: boolean;
  readonly tags: Texts;
}

export interface VpcSpec {
  readonly region: string;
  readonly cidr: string;
  /** Tags of the VPC and of its way to the internet; a controller may look for the VPC by them. */
  readonly tags: Texts;
  readonly subnets: readonly PlannedSubnet[];
  /** Zones with a NAT gateway; private subnets of other zones go out through the first. */
  readonly natGateways: readonly string[];
  /** Services reached by routes, which are free. */
  readonly gatewayEndpoints: readonly string[];
  /** Services reached by network interfaces in every private subnet. */
  readonly interfaceEndpoints: readonly string[];
  /** VPC and subnets, because a cluster cannot move to others. */
  readonly protected: boolean;
}

export interface ExistingVpcSpec {
  readonly privateSubnets: readonly { readonly zone: string; readonly id: string }[];
  /** Tags that are put on these subnets, beside those they have. */
  readonly tags: Texts;
}

export interface KmsKeySpec {
  readonly description: string;
  readonly alias: string;
  readonly protected: boolean;
}

export interface AccessEntry {
  readonly principal: string;
  /** ARN of the access policy, for the whole cluster. */
  readonly policy: string;
}

export interface EksClusterSpec {
  readonly version: string;
  readonly serviceCidr: string;
  readonly publicAccess: readonly string[];
  readonly logs: readonly string[];
  readonly logRetentionDays: number;
  readonly support: 'STANDARD' | 'EXTENDED';
  /** Whether Secrets are encrypted by the key of the environment. */
  readonly ownKey: boolean;
  readonly managedPolicies: readonly string[];
  readonly access: readonly AccessEntry[];
  /** Tags of the security group that EKS makes for the nodes. */
  readonly securityGroupTags: Texts;
  readonly protected: boolean;
}

export interface EksNodeRoleSpec {
  readonly managedPolicies: readonly string[];
}

export interface EksAddOnSpec {
  /** Left out: EKS takes its default for the Kubernetes version. */
  readonly version?: string;
  readonly beforeNodes: boolean;
  readonly configuration: JsonObject;
}

export interface NodeGroupSpec {
  readonly cluster: string;
  readonly pool: string;
  readonly nodeRole: string;
  readonly zones: readonly string[];
  readonly instanceTypes: readonly string[];
  readonly capacityType: 'ON_DEMAND' | 'SPOT';
  readonly scaling: { readonly min: number; readonly max: number; readonly desired: number };
  readonly labels: Texts;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  readonly image: {
    readonly amiType: string;
    readonly family: string;
    readonly version: string;
    readonly amiId?: string;
    /** SSM parameter that holds what EKS calls the pinned release; left out for custom AMIs and for "latest". */
    readonly releaseParameter?: string;
  };
  readonly volumes: readonly NodeVolume[];
  readonly metadataOptions: {
    readonly httpEndpoint: string;
    readonly httpProtocolIPv6: string;
    readonly httpPutResponseHopLimit: number;
    readonly httpTokens: string;
  };
  readonly bootstrap?: NodeBootstrap;
  /** Tags of the group and, by its launch template, of all that it launches. */
  readonly tags: Texts;
  /** Tags of the Auto Scaling group, where cluster-autoscaler resizes it. */
  readonly autoscalingTags?: Texts;
}

/** A volume of a node in EC2 as both autoscalers are told of it. */
export interface NodeVolume {
  readonly device: string;
  readonly sizeGiB: number;
  /** Whether images and ephemeral storage of pods lie on it. */
  readonly holdsPods: boolean;
  readonly iops?: number;
  readonly throughput?: number;
  readonly snapshotId?: string;
}

/** What the user data of a node says beside what EKS says by itself. */
export type NodeBootstrap =
  | { readonly kind: 'nodeadm'; readonly nodeConfig: JsonObject & { readonly spec: JsonObject } }
  | { readonly kind: 'bottlerocket'; readonly settings: JsonObject };

export interface InterruptionQueueSpec {
  readonly retentionSeconds: number;
  readonly policy: readonly JsonObject[];
  readonly rules: readonly { readonly name: string; readonly source: string; readonly detailType: string }[];
}

export interface PodIdentitySpec {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly role: string;
  /** ARNs of policies that AWS maintains. */
  readonly managedPolicies: readonly string[];
  readonly policies: readonly IamPolicy[];
}

export interface FileSystemSpec {
  readonly throughput: 'elastic' | 'bursting';
  readonly infrequentAccessAfter?: string;
  /** Zones it is mounted in. */
  readonly zones: readonly string[];
  readonly ownKey: boolean;
  /** 0: no backups. */
  readonly backupRetentionDays: number;
  /** ARNs of the policies of whoever makes backups and brings them back. */
  readonly backupPolicies: readonly string[];
  readonly protected: boolean;
}

export interface DatabaseSpec {
  readonly version: string;
  readonly instanceClass: string;
  readonly storageGiB: number;
  readonly maxStorageGiB: number;
  readonly multiZone: boolean;
  readonly database: string;
  readonly port: number;
  readonly masterUser: string;
  readonly ownKey: boolean;
  readonly backupRetentionDays: number;
  readonly logRetentionDays: number;
  readonly protected: boolean;
}

export interface EcrRepositorySpec {
  readonly immutableTags: boolean;
  readonly scanOnPush: boolean;
  readonly keepUntaggedDays: number;
  readonly keepTagged: number;
  readonly protected: boolean;
}

export interface StaticNodeSpec {
  readonly pool: string;
  readonly labels: Texts;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  readonly allocatable?: Texts;
}

/** The kinds of the cloud plan, and what each says. What it becomes is Pulumi's business (lib/pulumi/aws). */
export interface CloudPlan {
  readonly vpc: VpcSpec;
  readonly 'existing-vpc': ExistingVpcSpec;
  readonly 'kms-key': KmsKeySpec;
  readonly 'eks-cluster': EksClusterSpec;
  readonly 'eks-node-role': EksNodeRoleSpec;
  readonly 'eks-add-on': EksAddOnSpec;
  readonly 'eks-managed-node-group': NodeGroupSpec;
  readonly 'eks-pod-identity': PodIdentitySpec;
  readonly 'interruption-queue': InterruptionQueueSpec;
  readonly 'efs-file-system': FileSystemSpec;
  readonly 'rds-postgresql': DatabaseSpec;
  readonly 'ecr-repository': EcrRepositorySpec;
  readonly 'cloudwatch-log-group': { readonly retentionDays: number };
  /** A machine that exists; nothing is made. */
  readonly 'static-node': StaticNodeSpec;
}
export type CloudKind = keyof CloudPlan;
