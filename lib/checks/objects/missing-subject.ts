import { didYouMean } from '../../core/suggest.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import type { Rule } from '../rule.ts';

interface Subject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  readonly namespace?: string;
}

export const missingSubject: Rule = {
  id: 'OBJ014',
  title: 'ServiceAccounts that are given rights exist',
  severity: 'error',
  protectsFrom:
    'a controller that is forbidden everything, or rights that wait for whoever makes an account of that name',
  because:
    'Subjects of a binding are names that nobody looks up: rights given to a misspelt account go to nobody, until somebody makes it. Users and groups stand in the directory and cannot be checked here.',
  source: 'Kubernetes documentation, "Using RBAC Authorization: Referring to subjects"',
  example: {
    of: 'objects',
    breaks: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: "atelier:hnc-manager", namespace: hnc-system }
subjects: [{ kind: ServiceAccount, name: hnc-managers, namespace: hnc-system }]`,
    mended: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: "atelier:hnc-manager", namespace: hnc-system }
subjects: [{ kind: ServiceAccount, name: hnc-manager, namespace: hnc-system }]`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    return [...inventory.ofKind('RoleBinding'), ...inventory.ofKind('ClusterRoleBinding')].flatMap((binding) =>
      ((binding.manifest.subjects ?? []) as unknown as readonly Subject[]).flatMap(({ kind, name, namespace }) => {
        const where = namespace ?? binding.manifest.metadata.namespace;
        if (kind !== 'ServiceAccount' || name === 'default' || where === undefined) return [];
        // Accounts of kube-system are the cluster's, those of a chart's namespace may be the chart's.
        if (!inventory.isComplete(where) || inventory.find('ServiceAccount', where, name)) return [];
        const known = inventory
          .ofKind('ServiceAccount')
          .filter(({ manifest }) => manifest.metadata.namespace === where)
          .map(({ manifest }) => manifest.metadata.name);
        const message = `gives rights to ServiceAccount "${where}/${name}", which nothing makes.`;
        return [aboutObject(binding, message, didYouMean(name, known))];
      }),
    );
  },
};
