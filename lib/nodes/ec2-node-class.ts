import { CLOUD_TAGS, LABELS } from '../catalog/labels.ts';
import type { Ec2NodeClassSpec } from '../crds/karpenter.k8s.aws.ts';
import { cloudTags } from '../model/cloud-tags.ts';
import { nodeRoleName } from '../model/cluster.ts';
import type { Platform } from '../model/platform.ts';
import { METADATA_OPTIONS } from './instance-metadata.ts';
import { cappedReservation } from './kubelet-reservation.ts';
import { karpenterUserData } from './node-bootstrap.ts';
import { amiSelection } from './node-image.ts';
import type { Ec2Pool } from './node-source.ts';
import { blockDeviceMappings } from './node-volumes.ts';

function kubelet({ capacity: { maxPods } }: Ec2Pool): Pick<Ec2NodeClassSpec, 'kubelet'> {
  if (maxPods === undefined) return {};
  // Memory only: it depends on the cap alone, while Karpenter works out the CPU of each instance type.
  const { memory } = cappedReservation(0, maxPods);
  return { kubelet: { maxPods, kubeReserved: { memory } } };
}

/** karpenter.k8s.aws/v1 EC2NodeClass of a pool. */
export function ec2NodeClassSpec({ environment }: Platform, source: Ec2Pool): Ec2NodeClassSpec {
  const { pool, cluster } = source;
  const discovery = [{ tags: { [CLOUD_TAGS.karpenterDiscovery]: cluster.name } }];
  const userData = karpenterUserData(source);
  return {
    role: nodeRoleName(cluster),
    subnetSelectorTerms: discovery,
    securityGroupSelectorTerms: discovery,
    ...amiSelection(source),
    blockDeviceMappings: blockDeviceMappings(source),
    ...kubelet(source),
    metadataOptions: METADATA_OPTIONS,
    ...(userData === undefined ? {} : { userData }),
    tags: { ...cloudTags(environment), [LABELS.nodePool]: pool.name },
  };
}
