import { describe, expect, test } from 'vitest';
import { EKS_ADD_ON_FACTS, EKS_ADD_ONS } from '../../lib/catalog/eks-add-ons.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';

const MiB = 2 ** 20;

/**
 * What a real scheduler put on one node of each pool of these fixtures' kind: DaemonSets of the charts at the pinned
 * versions (aws-vpc-cni 1.22, aws-ebs-csi-driver 2.64, aws-efs-csi-driver 4.4, eks-pod-identity-agent 1.2,
 * kube-prometheus-stack 88.5.3, gpu-operator 26.7.0, dcgm-exporter 4.8, aws-node-termination-handler 0.27.6), and kube-proxy.
 * The EBS driver asks for 16Mi less since its chart 2.57; which one EKS installs is its own choice, so the larger counts.
 */
const PLACED = {
  system: { millicpu: 205, memoryBytes: 152 * MiB, pods: 6 },
  cpu: { millicpu: 215, memoryBytes: 168 * MiB, pods: 7 },
  gpu: { millicpu: 340, memoryBytes: 552 * MiB, pods: 12 },
};

const overheads = (pools: ReturnType<typeof platformOf>['pools']): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    pools.map(({ name, overhead: { millicpu, memoryBytes, pods } }) => [name, { millicpu, memoryBytes, pods }]),
  );

describe('DaemonSet overhead (NODE-5)', () => {
  test('GIVEN pools of EKS WHEN derived THEN each sets aside what the pods of the charts take on a node', () => {
    expect(overheads(platformOf(eksInput({ monitoring: { logs: { kind: 'none' } } })).pools)).toEqual(PLACED);
  });

  test('GIVEN an add-on of EKS with a pod on every node WHEN derived THEN every pool counts it, with or without a cloud plan', () => {
    const agents = EKS_ADD_ONS.flatMap((name) => EKS_ADD_ON_FACTS[name].daemonSet ?? []);
    expect(agents).toHaveLength(EKS_ADD_ONS.length - 1);
    for (const { overhead } of platformOf(eksInput()).pools) {
      expect(overhead.daemons).toEqual(expect.arrayContaining(agents));
    }
  });

  test('GIVEN no cloud WHEN derived THEN no agent of EKS is counted', () => {
    for (const { overhead } of platformOf(onPremisesInput()).pools) {
      expect(overhead.daemons).not.toContain('eks-pod-identity-agent');
    }
  });
});
