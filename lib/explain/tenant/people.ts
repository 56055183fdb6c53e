import { list } from '../../core/words.ts';
import type { TenantNode } from '../../model/tenant-tree.ts';
import { peopleOf } from '../audience.ts';
import type { Step } from '../explanation.ts';
import { filesOf, placeAt, type Scene } from '../scene.ts';
import { line } from '../words.ts';

type Named = TenantNode['owners'];

const names = ({ groups, users }: Named): readonly string[] => [
  ...groups.map((group) => `group ${group}`),
  ...users.map((user) => `user ${user}`),
];

function describe(all: Named, own: Named): string {
  const inherited = names(all).filter((name) => !names(own).includes(name));
  const told = [...names(own), ...inherited.map((name) => `${name} (from above)`)];
  return told.length === 0 ? 'nobody' : list(told, 8);
}

/** Who owns the tenant, who works in it, and what that lets them do. */
export function explainPeople(scene: Scene, tenant: TenantNode): Step {
  const { platform, objects } = scene.bundle;
  const { owners, members } = peopleOf(platform, tenant);
  const nobody = tenant.kind === 'workspace' && names(owners).length + names(members).length === 0;
  const bindings = objects.filter(
    ({ manifest: { kind, metadata } }) => kind === 'RoleBinding' && metadata.namespace === tenant.name,
  );
  const selfService = tenant.selfService && platform.environment.tenancy.backend.kind === 'hnc';
  return {
    id: 'people',
    verdict: nobody ? 'care' : 'fine',
    summary: `owned by ${describe(owners, tenant.owners)}; members: ${describe(members, tenant.members)}`,
    lines: [
      line(
        `Owners invite members${selfService ? ' and make namespaces below it' : ''}; members run workloads; nobody of them changes the quota.`,
      ),
    ],
    places: [placeAt(scene, [...tenant.at, 'owners']), placeAt(scene, [...tenant.at, 'members'])],
    files: filesOf(bindings),
    facts: {
      owners: { groups: [...owners.groups], users: [...owners.users] },
      members: { groups: [...members.groups], users: [...members.users] },
      selfService,
    },
  };
}
