import { LaunchTemplate } from '@pulumi/aws/ec2/launchTemplate.js';
import { all, type CustomResourceOptions } from '@pulumi/pulumi';
import { CLOUD_TAGS } from '../../catalog/labels.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Planned } from './planned.ts';
import { userData } from './user-data.ts';

export interface LaunchTemplateProps {
  readonly plan: Planned<'eks-managed-node-group'>;
  readonly controlPlane: ControlPlane;
  readonly serviceCidr: string;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** How the nodes of a group are launched: volumes, metadata service, user data, tags. Instance types are the group's. */
export function launchTemplate(name: string, props: LaunchTemplateProps, opts: CustomResourceOptions): LaunchTemplate {
  const { plan, controlPlane, serviceCidr } = props;
  const { spec } = plan;
  const { cluster } = controlPlane;
  const { amiId } = spec.image;
  const stated = amiId === undefined ? userData(spec, undefined) : undefined;
  const complete = all([cluster.endpoint, cluster.certificateAuthority.data]).apply(([endpoint, certificate]) =>
    base64(userData(spec, { name: spec.cluster, endpoint, certificate, serviceCidr }) ?? ''),
  );
  // Unique in account and region, where other clusters have pools of the same name.
  const templateName = `${spec.cluster}-${plan.name}`;
  // Tags of the provider do not reach what a launch template makes.
  const instanceTags = { ...spec.tags, [CLOUD_TAGS.name]: templateName };
  return new LaunchTemplate(
    name,
    {
      name: templateName,
      updateDefaultVersion: true,
      ...(amiId === undefined ? {} : { imageId: amiId, userData: complete }),
      ...(stated === undefined ? {} : { userData: base64(stated) }),
      blockDeviceMappings: spec.volumes.map((volume) => ({
        deviceName: volume.device,
        ebs: {
          volumeSize: volume.sizeGiB,
          volumeType: 'gp3',
          encrypted: 'true',
          deleteOnTermination: 'true',
          ...(volume.iops === undefined ? {} : { iops: volume.iops }),
          ...(volume.throughput === undefined ? {} : { throughput: volume.throughput }),
          ...(volume.snapshotId === undefined ? {} : { snapshotId: volume.snapshotId }),
        },
      })),
      metadataOptions: {
        httpEndpoint: spec.metadataOptions.httpEndpoint,
        httpProtocolIpv6: spec.metadataOptions.httpProtocolIPv6,
        httpPutResponseHopLimit: spec.metadataOptions.httpPutResponseHopLimit,
        httpTokens: spec.metadataOptions.httpTokens,
      },
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({
        resourceType,
        tags: instanceTags,
      })),
      tags: spec.tags,
    },
    opts,
  );
}
