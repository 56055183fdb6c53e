import { k8s } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';
import { HNC_GROUP } from '../crds/hnc.x-k8s.io.ts';
import { HNC_NAMESPACE } from '../model/namespaces.ts';
import { HNC_NAMES, PROPAGATED } from './hnc-names.ts';
import { TENANT_ROLES } from './tenant-rules.ts';

const READ = ['get', 'list', 'watch'];
const WRITE = [...READ, 'create', 'update', 'patch', 'delete'];
const RBAC_GROUP = 'rbac.authorization.k8s.io';

/**
 * What the manager does on the whole cluster. Upstream grants it everything, because any kind may be configured to be
 * copied; here it is what our configuration needs. It may bind the tenant roles and no other, so it cannot be used to
 * become an administrator: a Role, or a binding of another ClusterRole, that somebody puts into a tenant's namespace by
 * hand stays there and is not passed on.
 */
function clusterRules(): k8s.PolicyRule[] {
  const roles = Object.values(TENANT_ROLES);
  return [
    { apiGroups: [HNC_GROUP], resources: ['*'], verbs: WRITE },
    { apiGroups: [''], resources: ['namespaces', 'resourcequotas'], verbs: WRITE },
    { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
    ...PROPAGATED.map(({ group, resource }) => ({ apiGroups: [group], resources: [resource], verbs: WRITE })),
    { apiGroups: [RBAC_GROUP], resources: ['rolebindings', 'roles'], verbs: WRITE },
    { apiGroups: [RBAC_GROUP], resources: ['clusterroles'], resourceNames: roles, verbs: ['bind'] },
    { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: READ },
    { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
    {
      apiGroups: ['admissionregistration.k8s.io'],
      resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
      verbs: READ,
    },
    // It writes its certificate into its own two, and into no others.
    {
      apiGroups: ['admissionregistration.k8s.io'],
      resources: ['mutatingwebhookconfigurations'],
      resourceNames: [HNC_NAMES.mutatingWebhooks],
      verbs: ['update'],
    },
    {
      apiGroups: ['admissionregistration.k8s.io'],
      resources: ['validatingwebhookconfigurations'],
      resourceNames: [HNC_NAMES.validatingWebhooks],
      verbs: ['update'],
    },
  ];
}

/** ServiceAccount and roles of the manager. */
export function hncPermissions(scope: Construct): void {
  const subject = { kind: 'ServiceAccount', name: HNC_NAMES.manager, namespace: HNC_NAMESPACE };
  const name = HNC_NAMES.role;
  new k8s.KubeServiceAccount(scope, 'service-account', {
    metadata: { name: HNC_NAMES.manager, namespace: HNC_NAMESPACE },
  });
  new k8s.KubeClusterRole(scope, 'cluster-role', { metadata: { name }, rules: clusterRules() });
  new k8s.KubeClusterRoleBinding(scope, 'cluster-role-binding', {
    metadata: { name },
    roleRef: { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name },
    subjects: [subject],
  });
  new k8s.KubeRole(scope, 'role', {
    metadata: { name, namespace: HNC_NAMESPACE },
    rules: [
      { apiGroups: [''], resources: ['secrets'], verbs: READ },
      { apiGroups: [''], resources: ['secrets'], resourceNames: [HNC_NAMES.certificate], verbs: ['update'] },
    ],
  });
  new k8s.KubeRoleBinding(scope, 'role-binding', {
    metadata: { name, namespace: HNC_NAMESPACE },
    roleRef: { apiGroup: RBAC_GROUP, kind: 'Role', name },
    subjects: [subject],
  });
}
