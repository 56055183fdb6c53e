import { didYouMean } from '../../core/suggest.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import type { Rule } from '../rule.ts';

interface RoleRef {
  readonly kind: 'Role' | 'ClusterRole';
  readonly name: string;
}

/** In every cluster, beside those that begin with `system:` (Kubernetes documentation, "Using RBAC: User-facing roles"). */
const BUILT_IN = ['cluster-admin', 'admin', 'edit', 'view'];

export const missingRole: Rule = {
  id: 'OBJ013',
  title: 'Every binding names a role that exists',
  severity: 'error',
  protectsFrom: 'tenants and controllers without the rights they were given: the binding is there and grants nothing',
  because:
    'The API server accepts a binding of a role that does not exist, and its roleRef can never be changed: the binding has to be deleted and made anew.',
  source: 'Kubernetes documentation, "Using RBAC Authorization: RoleBinding and ClusterRoleBinding"',
  example: {
    of: 'objects',
    breaks: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: helpers, namespace: vision }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "atelier:tenant-membr" }`,
    mended: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: helpers, namespace: vision }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "atelier:tenant-member" }`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    return [...inventory.ofKind('RoleBinding'), ...inventory.ofKind('ClusterRoleBinding')].flatMap((binding) => {
      const { kind, name } = binding.manifest.roleRef as unknown as RoleRef;
      const { namespace } = binding.manifest.metadata;
      const scope = kind === 'Role' ? namespace : undefined;
      if (kind === 'ClusterRole' && (BUILT_IN.includes(name) || name.startsWith('system:'))) return [];
      if (inventory.find(kind, scope, name)) return [];
      // A chart may bring roles of its own.
      if (kind === 'Role' && namespace !== undefined && inventory.hasRelease(namespace)) return [];
      const made = inventory.ofKind(kind).filter(({ manifest }) => manifest.metadata.namespace === scope);
      const known = [
        ...made.map(({ manifest }) => manifest.metadata.name),
        ...(kind === 'ClusterRole' ? BUILT_IN : []),
      ];
      const message = `binds ${kind} "${name}", which nothing makes.`;
      return [aboutObject(binding, message, didYouMean(name, known))];
    });
  },
};
