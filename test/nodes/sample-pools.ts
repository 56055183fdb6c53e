import type { EnvironmentInput } from '../../lib/model/environment.ts';

type PoolInput = EnvironmentInput['nodePools'][number];

/** Pools that differ in everything a rendering must carry over; each is valid with either autoscaler. */
export const samplePools: readonly PoolInput[] = [
  { name: 'system', role: 'system', capacity: { kind: 'ec2', instanceTypes: ['m7i.xlarge'], min: 2, max: 4 } },
  { name: 'cpu', role: 'general', capacity: { kind: 'ec2', instanceTypes: ['m7g.4xlarge'], max: 3 } },
  {
    name: 'licensed',
    role: 'dedicated',
    capacity: { kind: 'ec2', instanceTypes: ['m7i.4xlarge'], max: 6, maxPods: 58, capacityTypes: ['spot'] },
    labels: { 'example.com/licensed': 'yes' },
    taints: [{ key: 'example.com/licensed', effect: 'NoExecute' }],
  },
  {
    name: 'gpu',
    role: 'dedicated',
    capacity: { kind: 'ec2', instanceTypes: ['g5.12xlarge'], max: 4, maxPods: 110, rootVolume: { size: '300Gi' } },
  },
  {
    name: 'shared',
    role: 'dedicated',
    capacity: { kind: 'ec2', instanceTypes: ['g4dn.xlarge'], max: 4 },
    sharing: { kind: 'time-slicing', replicas: 4 },
  },
  {
    name: 'sliced',
    role: 'dedicated',
    capacity: { kind: 'ec2', instanceTypes: ['g4dn.12xlarge'], max: 2 },
    sharing: { kind: 'time-slicing', replicas: 2, rename: false },
  },
  { name: 'part', role: 'dedicated', capacity: { kind: 'ec2', instanceTypes: ['g6f.xlarge'], max: 2 } },
  {
    name: 'mig',
    role: 'dedicated',
    capacity: { kind: 'ec2', instanceTypes: ['p4d.24xlarge'], max: 1, zones: ['eu-central-1b'] },
    sharing: { kind: 'mig', strategy: 'mixed', layout: { '1g.5gb': 2, '2g.10gb': 1, '3g.20gb': 1 } },
  },
];

/** As agents of Cilium and the EBS CSI driver take them off. */
export const startupTaints: EnvironmentInput['startupTaints'] = [
  { key: 'node.cilium.io/agent-not-ready', value: 'true', effect: 'NoExecute' },
  { key: 'ebs.csi.aws.com/agent-not-ready', effect: 'NoExecute' },
];
