import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import { describeSelector, selectsAll } from '../reading/label-selector.ts';
import { governedPods, networkPolicies } from '../reading/network-policy.ts';
import type { Rule } from '../rule.ts';

export const policyWithoutPods: Rule = {
  id: 'NET001',
  title: 'Every NetworkPolicy of the platform holds for some pod',
  severity: 'error',
  protectsFrom: 'pods that everybody can reach, because the policy that should close them selects none of them',
  because: 'A pod that no policy selects is open to all. A policy that selects nothing is accepted and closes nothing.',
  source: 'Kubernetes documentation, "Network Policies: The two sorts of pod isolation"',
  example: {
    of: 'objects',
    breaks: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: hnc, namespace: hnc-system }
spec: { podSelector: { matchLabels: { app.kubernetes.io/name: hnc } }, policyTypes: [Egress], egress: [{}] }`,
    mended: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: hnc, namespace: hnc-system }
spec: { podSelector: { matchLabels: { app.kubernetes.io/name: hnc-manager } }, policyTypes: [Egress], egress: [{}] }`,
  },
  check: (bundle) =>
    networkPolicies(bundle).flatMap((policy) => {
      // What charts and people run in other namespaces is not known here.
      if (selectsAll(policy.podSelector) || !inventoryOf(bundle).isComplete(policy.namespace)) return [];
      if (governedPods(bundle, policy).length > 0) return [];
      const message = `holds for ${describeSelector(policy.podSelector)}, and no pod of the namespace has these labels.`;
      return [aboutObject(policy.object, message, 'Select the labels of the pod template.')];
    }),
};
