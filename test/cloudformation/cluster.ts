import type { Json, JsonObject } from '../../lib/core/json.ts';
import { type Counterpart, capitalized, type Part, TAGS, tagList } from './counterpart.ts';

const launchTemplateData =
  (property: string) =>
  (value: Json): JsonObject => ({
    LaunchTemplateData: { [property]: capitalized(value) },
  });

/** Cluster and nodes in CloudFormation. */
export const CLUSTER: Readonly<Record<string, Counterpart>> = {
  'aws:eks/cluster:Cluster': {
    type: 'AWS::EKS::Cluster',
    tags: TAGS,
    inputs: {
      vpcConfig: 'ResourcesVpcConfig',
      encryptionConfig: (config) => ({ EncryptionConfig: [capitalized(config)] }),
      enabledClusterLogTypes: (types) => ({
        Logging: { ClusterLogging: { EnabledTypes: (types as readonly string[]).map((Type) => ({ Type })) } },
      }),
    },
    outputs: (attribute) => ({
      endpoint: attribute('Endpoint'),
      certificateAuthority: { data: attribute('CertificateAuthorityData') },
      vpcConfig: { clusterSecurityGroupId: attribute('ClusterSecurityGroupId') },
    }),
  },
  'aws:eks/accessEntry:AccessEntry': {
    type: 'AWS::EKS::AccessEntry',
    tags: TAGS,
    // For the policies of the entry, which name it by its principal.
    outputs: (attribute) => ({ principalArn: attribute() }),
  },
  'aws:eks/addon:Addon': {
    type: 'AWS::EKS::Addon',
    tags: TAGS,
    inputs: { resolveConflictsOnCreate: 'ResolveConflicts', resolveConflictsOnUpdate: [] },
  },
  'aws:eks/nodeGroup:NodeGroup': {
    type: 'AWS::EKS::Nodegroup',
    tags: (Tags) => ({ Tags }),
    inputs: {
      nodeGroupName: 'NodegroupName',
      nodeRoleArn: 'NodeRole',
      subnetIds: 'Subnets',
      labels: (Labels) => ({ Labels }),
    },
    // EKS makes the group and its name, which CloudFormation does not tell.
    outputs: (attribute) => ({ resources: [{ autoscalingGroups: [{ name: attribute('AutoScalingGroupName') }] }] }),
  },
  'aws:eks/podIdentityAssociation:PodIdentityAssociation': { type: 'AWS::EKS::PodIdentityAssociation', tags: TAGS },
  'aws:ec2/launchTemplate:LaunchTemplate': {
    type: 'AWS::EC2::LaunchTemplate',
    tags: (tags) => ({ TagSpecifications: [{ ResourceType: 'launch-template', Tags: tagList(tags) }] }),
    inputs: {
      name: 'LaunchTemplateName',
      updateDefaultVersion: [],
      imageId: launchTemplateData('ImageId'),
      userData: launchTemplateData('UserData'),
      blockDeviceMappings: launchTemplateData('BlockDeviceMappings'),
      metadataOptions: launchTemplateData('MetadataOptions'),
      tagSpecifications: (specifications) => ({
        LaunchTemplateData: {
          TagSpecifications: (specifications as readonly JsonObject[]).map(({ resourceType, tags }) => ({
            ResourceType: resourceType,
            Tags: tagList(tags as JsonObject),
          })),
        },
      }),
    },
    outputs: (attribute) => ({ latestVersion: attribute('LatestVersionNumber') }),
  },
};

/** Parts of these. */
export const CLUSTER_PARTS: Readonly<Record<string, Part>> = {
  'aws:eks/accessPolicyAssociation:AccessPolicyAssociation': {
    of: 'principalArn',
    properties: ({ policyArn, accessScope }) => ({
      AccessPolicies: [{ PolicyArn: policyArn, AccessScope: capitalized(accessScope as Json) }],
    }),
  },
};
