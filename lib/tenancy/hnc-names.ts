/** Names that HNC's manager has built in (1.1.0, internal/setup/webhooks.go), and those we choose beside them. */
export const HNC_NAMES = {
  /** Service in front of the webhooks; its name is in the certificate. */
  service: 'hnc-webhook-service',
  /** Secret the manager keeps its certificate in; it must be there, empty. */
  certificate: 'hnc-webhook-server-cert',
  validatingWebhooks: 'hnc-validating-webhook-configuration',
  mutatingWebhooks: 'hnc-mutating-webhook-configuration',
  /** Ours: Deployment, ServiceAccount, and value of the name label. */
  manager: 'hnc-manager',
  /** Ours: roles of the manager. */
  role: 'atelier:hnc-manager',
} as const;

/** Port of the webhooks in the pod. */
export const HNC_WEBHOOK_PORT = 9443;
export const HNC_METRICS_PORT = 8080;
export const HNC_PROBE_PORT = 8081;

/**
 * What HNC copies down the trees beside Roles and RoleBindings: limits and network policies, so that a namespace made by
 * its owners is born with them. Not Secrets and ConfigMaps (the manager would read all of the cluster's, and children
 * would get credentials of their parents), not ServiceAccounts (identities stay where they were given), not
 * ResourceQuotas (a copy would limit each namespace on its own; the subtree's limit is a HierarchicalResourceQuota).
 */
export const PROPAGATED = [
  { group: '', resource: 'limitranges' },
  { group: 'networking.k8s.io', resource: 'networkpolicies' },
] as const;
