import { k8s } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';
import { KUBE_SYSTEM, SCHEDULER_NAMESPACE } from '../model/namespaces.ts';
import { PACKING_SCHEDULER } from '../model/packing-scheduler.ts';

const apiGroup = 'rbac.authorization.k8s.io';
const name = PACKING_SCHEDULER;
const subjects = [{ kind: 'ServiceAccount', name, namespace: SCHEDULER_NAMESPACE }];

/** Roles that Kubernetes keeps for its own scheduler, and keeps up to date with it. */
const SCHEDULER_ROLES = ['system:kube-scheduler', 'system:volume-scheduler'] as const;

/**
 * ServiceAccount of the second scheduler. It may do what the first one may, but the lease: that role knows the lease of
 * the first by name, so this one has its own, in its own namespace.
 */
export function schedulerPermissions(scope: Construct): void {
  new k8s.KubeServiceAccount(scope, 'service-account', { metadata: { name, namespace: SCHEDULER_NAMESPACE } });
  for (const role of SCHEDULER_ROLES) {
    new k8s.KubeClusterRoleBinding(scope, role.replace('system:', ''), {
      metadata: { name: `${name}-${role.replace('system:', '')}` },
      roleRef: { apiGroup, kind: 'ClusterRole', name: role },
      subjects,
    });
  }
  // It asks the API server who calls its metrics, and needs to know whose word counts.
  new k8s.KubeRoleBinding(scope, 'authentication-reader', {
    metadata: { name: `${name}-authentication-reader`, namespace: KUBE_SYSTEM },
    roleRef: { apiGroup, kind: 'Role', name: 'extension-apiserver-authentication-reader' },
    subjects,
  });
  const apiGroups = ['coordination.k8s.io'];
  new k8s.KubeRole(scope, 'lease', {
    metadata: { name: `${name}-lease`, namespace: SCHEDULER_NAMESPACE },
    rules: [
      // A lease that does not exist yet has no name that a rule could hold to.
      { apiGroups, resources: ['leases'], verbs: ['create'] },
      { apiGroups, resources: ['leases'], resourceNames: [name], verbs: ['get', 'update'] },
    ],
  });
  new k8s.KubeRoleBinding(scope, 'lease-binding', {
    metadata: { name: `${name}-lease`, namespace: SCHEDULER_NAMESPACE },
    roleRef: { apiGroup, kind: 'Role', name: `${name}-lease` },
    subjects,
  });
}
