import { GiB } from '../core/quantity.ts';
import type { BlockDeviceMapping } from '../crds/karpenter.k8s.aws.ts';
import type { NodeVolume } from '../model/cloud-plan.ts';
import type { Ec2Pool } from './node-source.ts';

/**
 * The volumes of a node. Bottlerocket boots from a small volume and keeps images and pods on a second one; that is the
 * one whose size the environment gives (Karpenter 1.14 amifamily/bottlerocket.go, DefaultBlockDeviceMappings).
 */
export function nodeVolumes({ capacity }: Ec2Pool): readonly NodeVolume[] {
  const { size, iops, throughput, snapshotId } = capacity.rootVolume;
  const sized = {
    sizeGiB: Math.floor(size / GiB),
    holdsPods: true,
    iops,
    throughput,
    ...(snapshotId === undefined ? {} : { snapshotId }),
  };
  if (capacity.image.family === 'al2023') return [{ device: '/dev/xvda', ...sized }];
  return [
    { device: '/dev/xvda', sizeGiB: 4, holdsPods: false },
    { device: '/dev/xvdb', ...sized },
  ];
}

/** The volumes in the words of an EC2NodeClass. */
export function blockDeviceMappings(source: Ec2Pool): readonly BlockDeviceMapping[] {
  return nodeVolumes(source).map((volume) => ({
    deviceName: volume.device,
    ...(volume.holdsPods ? { rootVolume: true as const } : {}),
    ebs: {
      volumeSize: `${volume.sizeGiB}Gi`,
      volumeType: 'gp3',
      encrypted: true,
      deleteOnTermination: true,
      ...(volume.iops === undefined ? {} : { iops: volume.iops }),
      ...(volume.throughput === undefined ? {} : { throughput: volume.throughput }),
      ...(volume.snapshotId === undefined ? {} : { snapshotID: volume.snapshotId }),
    },
  }));
}
