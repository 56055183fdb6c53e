import { isSoldIn, offeringsAsOf } from '../catalog/instance-offerings.ts';
import type { Rule } from './rule.ts';

export const typeNotSold: Rule = {
  id: 'NODE013',
  title: 'EC2 sells the instance types of every pool in the region of the cluster',
  severity: 'warning',
  protectsFrom: 'sessions that stay Pending for ever, because nobody can launch the only type their pool may have',
  because:
    'EC2 has each type in some regions only, and the newest GPUs in few. Neither Karpenter nor EKS says so before somebody waits for a node. Within a region not every zone has every type, which only EC2 itself knows: `aws ec2 describe-instance-type-offerings --location-type availability-zone`.',
  source: 'AWS price list, as cfn-lint 1.58.0 gathered it (aws_ec2_instance/instancetype_enum.json)',
  example: {
    of: 'environment',
    breaks: `nodePools:
  - name: gpu
    capacity: { instanceTypes: [p5.4xlarge] }`,
    mended: `nodePools:
  - name: gpu
    capacity: { instanceTypes: [g6.xlarge] }`,
  },
  check: ({ platform: { pools, environment } }) =>
    pools.flatMap(({ at, spec: { capacity } }) => {
      if (capacity.kind !== 'ec2' || environment.cluster.kind !== 'eks') return [];
      const { region } = environment.cluster;
      const missing = capacity.instanceTypes.filter((type) => isSoldIn(type, region) === false);
      if (missing.length === 0) return [];
      const left = capacity.instanceTypes.filter((type) => !missing.includes(type));
      const remains =
        left.length === 0 ? 'so this pool never has a node' : `so only ${left.join(', ')} can be launched`;
      return [
        {
          at: [...at, 'capacity', 'instanceTypes'],
          message: `EC2 had no price for ${missing.join(', ')} in ${region} in ${offeringsAsOf()}, ${remains}.`,
          hint: 'Name types that the region has, or silence this where AWS has added them since.',
        },
      ];
    }),
};
