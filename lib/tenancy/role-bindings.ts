import { k8s } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';
import { fitName } from '../core/names.ts';
import type { Tenant } from '../model/tenant.ts';

type People = Tenant['owners'];

/** People as subjects, each once, groups first. */
function subjectsOf(people: readonly People[]): k8s.Subject[] {
  const apiGroup = 'rbac.authorization.k8s.io';
  const groups = [...new Set(people.flatMap((each) => each.groups))];
  const users = [...new Set(people.flatMap((each) => each.users))];
  return [
    ...groups.map((name) => ({ apiGroup, kind: 'Group', name })),
    ...users.map((name) => ({ apiGroup, kind: 'User', name })),
  ];
}

export interface BindingProps {
  readonly namespace: string;
  /** Tenant the binding is made for, and what its subjects are to it: the name, which nothing below may share. */
  readonly tenant: string;
  readonly as: 'owners' | 'members' | 'self-service';
  readonly clusterRole: string;
  readonly people: readonly People[];
}

/** Binds people to one of the tenant roles in a namespace; nothing is made for nobody. */
export function bindPeople(scope: Construct, { namespace, tenant, as, clusterRole, people }: BindingProps): void {
  const subjects = subjectsOf(people);
  if (subjects.length === 0) return;
  new k8s.KubeRoleBinding(scope, as, {
    metadata: { name: fitName(`${tenant}-${as}`), namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterRole },
    subjects,
  });
}
