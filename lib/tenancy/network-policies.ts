import { k8s } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';
import { LABELS } from '../catalog/labels.ts';
import { dnsEgressRule, outsideEgressRules } from '../constructs/egress-rules.ts';
import { fitName } from '../core/names.ts';
import type { Tenancy } from '../model/tenancy.ts';

const exists = (key: string): k8s.NetworkPolicyPeer => ({
  namespaceSelector: { matchExpressions: [{ key, operator: 'Exists' }] },
});

/** All namespaces of a tree: by our label, and where owners make namespaces by the one that HNC alone can write. */
function treePeers(root: string, selfService: boolean): k8s.NetworkPolicyPeer[] {
  return [
    exists(`${LABELS.tenantTreePrefix}${root}`),
    ...(selfService ? [exists(`${root}${LABELS.hncTreeSuffix}`)] : []),
  ];
}

export interface NetworkPoliciesProps {
  readonly namespace: string;
  /** Tenant at the top of the tree; pods of one tree may talk to each other. */
  readonly root: string;
  /** Whether namespaces may appear in the tree that only HNC labels. */
  readonly selfService: boolean;
  readonly egress: Tenancy['egress'];
}

/**
 * Two policies for the namespaces of a tree: one that closes everything, and depends on no label; one that opens DNS, the
 * tree itself, and what the environment lets tenants reach outside.
 */
export function networkPolicies(scope: Construct, props: NetworkPoliciesProps): void {
  const { namespace, root, selfService, egress } = props;
  const tree = treePeers(root, selfService);
  const policyTypes = ['Ingress', 'Egress'];
  new k8s.KubeNetworkPolicy(scope, 'default-deny', {
    metadata: { name: fitName(`${root}-default-deny`), namespace },
    spec: { podSelector: {}, policyTypes },
  });
  new k8s.KubeNetworkPolicy(scope, 'traffic', {
    metadata: { name: fitName(`${root}-traffic`), namespace },
    spec: {
      podSelector: {},
      policyTypes,
      ingress: [{ from: tree }],
      egress: [dnsEgressRule(), { to: tree }, ...outsideEgressRules({ egress })],
    },
  });
}
