import type { k8s } from 'cdk8s-plus-29';
import { HNC_GROUP } from '../crds/hnc.x-k8s.io.ts';

/** Names of the ClusterRoles that people are bound to in the namespaces of their tenants. */
export const TENANT_ROLES = {
  owner: 'atelier:tenant-owner',
  member: 'atelier:tenant-member',
  selfService: 'atelier:tenant-self-service',
} as const;

const READ = ['get', 'list', 'watch'];
const WRITE = [...READ, 'create', 'update', 'patch', 'delete', 'deletecollection'];
const RBAC_GROUP = 'rbac.authorization.k8s.io';

/**
 * What members may do: run workloads, and see everything that limits them. Spelt out instead of taken from the built-in
 * roles, which grow by aggregation: controllers add rights over their own kinds to "admin" and "edit". Absent on purpose:
 * writing quotas, limit ranges, network policies and the hierarchy; pods/binding, pods/ephemeralcontainers and pods/resize,
 * which go around checks of pods; DaemonSets, which take room on every node; PodDisruptionBudgets, which keep nodes from
 * going; tokens of ServiceAccounts.
 */
export function memberRules(): k8s.PolicyRule[] {
  return [
    { apiGroups: [''], resources: ['namespaces'], verbs: ['get'] },
    {
      apiGroups: [''],
      resources: ['pods', 'services', 'configmaps', 'secrets', 'persistentvolumeclaims'],
      verbs: WRITE,
    },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
    // Streams over websockets are authorised as "get" first and as "create" too since Kubernetes 1.35.
    { apiGroups: [''], resources: ['pods/attach', 'pods/exec', 'pods/portforward'], verbs: ['get', 'create'] },
    { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: READ },
    { apiGroups: [''], resources: ['limitranges', 'resourcequotas', 'serviceaccounts'], verbs: READ },
    { apiGroups: ['apps'], resources: ['deployments', 'replicasets', 'statefulsets'], verbs: WRITE },
    {
      apiGroups: ['apps'],
      resources: ['deployments/scale', 'replicasets/scale', 'statefulsets/scale'],
      verbs: ['get', 'update', 'patch'],
    },
    { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: WRITE },
    { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: WRITE },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
    { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs: ['get', 'list'] },
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'networkpolicies'], verbs: READ },
    { apiGroups: [RBAC_GROUP], resources: ['rolebindings', 'roles'], verbs: READ },
    {
      apiGroups: [HNC_GROUP],
      resources: ['hierarchicalresourcequotas', 'hierarchyconfigurations', 'subnamespaceanchors'],
      verbs: READ,
    },
  ];
}

/**
 * What owners may do beside that: invite members. Kubernetes lets somebody grant every role whose rights he holds, so an
 * owner could make owners too; the policy of `InvitationPolicy` says no. A binding is changed by making a new one.
 */
export function ownerRules(): k8s.PolicyRule[] {
  return [
    ...memberRules(),
    { apiGroups: [RBAC_GROUP], resources: ['rolebindings'], verbs: ['create', 'delete'] },
    {
      apiGroups: [RBAC_GROUP],
      resources: ['clusterroles'],
      resourceNames: [TENANT_ROLES.member],
      verbs: ['bind'],
    },
  ];
}

/** What owners may do where self-service is on: make namespaces below their own, and remove them. */
export function selfServiceRules(): k8s.PolicyRule[] {
  return [{ apiGroups: [HNC_GROUP], resources: ['subnamespaceanchors'], verbs: [...READ, 'create', 'delete'] }];
}
