import { findInstanceType } from '../catalog/instance-types.ts';
import { managedPodCap } from '../model/managed-pod-cap.ts';
import type { Rule } from './rule.ts';

export const podsOverCap: Rule = {
  id: 'NODE015',
  title: 'Pools in managed node groups have no more pods on a node than EKS lets there be',
  severity: 'warning',
  protectsFrom:
    'nodes that take fewer pods than the environment says, and an autoscaler that is asked for more of them',
  because:
    'EKS limits the pods of a node in a managed node group to 110, or 250 from 30 vCPUs on, whatever kubelet is told. Nodes of Karpenter, and those that boot an AMI of your own, have no such limit.',
  source: 'EKS user guide, "Create a managed node group for your cluster"',
  example: {
    of: 'environment',
    breaks:
      'nodePools:\n  - name: system\n    role: system\n    capacity: { kind: ec2, instanceTypes: [m7i.xlarge], min: 2, max: 4, maxPods: 200 }',
    mended:
      'nodePools:\n  - name: system\n    role: system\n    capacity: { kind: ec2, instanceTypes: [m7i.xlarge], min: 2, max: 4, maxPods: 110 }',
  },
  check: ({ platform: { environment, pools } }) =>
    pools.flatMap(({ at, spec }) => {
      const { capacity } = spec;
      if (capacity.kind !== 'ec2' || capacity.maxPods === undefined) return [];
      const stated = capacity.maxPods;
      const types = capacity.instanceTypes.flatMap((name) => findInstanceType(name) ?? []);
      const caps = types.flatMap((type) => {
        const cap = managedPodCap(environment, spec, type);
        return cap !== undefined && cap < stated ? [{ type, cap }] : [];
      });
      const [first] = caps;
      if (!first) return [];
      const names = caps.map(({ type }) => type.name).join(', ');
      return [
        {
          at: [...at, 'capacity', 'maxPods'],
          message: `${stated} pods; EKS lets ${first.cap} onto ${names} in a managed node group.`,
          hint: `State ${first.cap}, or boot an AMI of your own ("image.amiId").`,
        },
      ];
    }),
};
