import type { TenantNode } from '../../model/tenant-tree.ts';
import type { Line, Step } from '../explanation.ts';
import { roomFacts } from '../quota.ts';
import type { Scene } from '../scene.ts';
import { describeTenantRoom, hasRoom, tenantRoom } from '../tenant-room.ts';

/** How many pods of the size of each session profile fit the tenant's quotas, and which ends first. */
export function explainRoom(scene: Scene, tenant: TenantNode): Step {
  const { profiles, environment } = scene.bundle.platform;
  const common = { id: 'room', verdict: 'fine', places: [], files: [] } as const;
  if (tenant.kind === 'folder') {
    return { ...common, summary: 'no pods: a folder holds no workloads', lines: [], facts: { profiles: [] } };
  }
  const all = profiles.map((profile) => ({ name: profile.name, room: tenantRoom(scene, tenant, profile) }));
  return {
    ...common,
    summary: `for pods of the size of a session; sessions themselves run in ${environment.workbench.sessionNamespace}`,
    lines: all.map(
      ({ name, room }): Line => ({
        mark: hasRoom(room) ? 'yes' : 'no',
        text: `${name}: ${describeTenantRoom(room)}`,
      }),
    ),
    facts: {
      profiles: all.map(({ name, room }) => ({
        profile: name,
        fits: hasRoom(room),
        refusals: room.refusals,
        rooms: room.rooms.map(roomFacts),
      })),
    },
  };
}
