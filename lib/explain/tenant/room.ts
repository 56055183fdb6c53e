import type { JsonObject } from '../../core/json.ts';
import { list } from '../../core/words.ts';
import type { TenantNode } from '../../model/tenant-tree.ts';
import { podRequests } from '../../scheduling/pod-requests.ts';
import type { Line, Step } from '../explanation.ts';
import { followSession } from '../profile/session.ts';
import { quotaLevels, type Room, roomFor } from '../quota.ts';
import type { Scene } from '../scene.ts';

interface ProfileRoom {
  readonly profile: string;
  readonly first: Room | undefined;
}

const describe = ({ profile, first }: ProfileRoom): string =>
  first
    ? `${profile}: ${first.times} (${first.resource.replace(/^requests\./, '')} of ${first.level.namespace} ends first)`
    : `${profile}: as many as the pool holds`;

/** How many pods of the size of each session profile fit the tenant's quotas, and which ends first. */
export function explainRoom(scene: Scene, tenant: TenantNode): Step {
  const { platform } = scene.bundle;
  const levels = quotaLevels(scene, tenant.name);
  const rooms = platform.profiles.map((profile): ProfileRoom => {
    const limits = { cpu: profile.cpu.limit, memory: profile.memoryMB.limit * 1e6 };
    const [first] = roomFor(levels, podRequests(followSession(scene, profile).pod.spec), limits);
    return { profile: profile.name, first };
  });
  const none = rooms.filter(({ first }) => first?.times === 0).map(({ profile }) => profile);
  const some = rooms.filter(({ first }) => first?.times !== 0);
  const facts: readonly JsonObject[] = rooms.map(({ profile, first }) =>
    first
      ? { profile, times: first.times, resource: first.resource, namespace: first.level.namespace, hard: first.hard }
      : { profile },
  );
  const { sessionNamespace } = platform.environment.workbench;
  const common = { id: 'room', verdict: 'fine', places: [], files: [] } as const;
  if (tenant.kind === 'folder') {
    return { ...common, summary: 'no pods: a folder holds no workloads', lines: [], facts: { profiles: [] } };
  }
  return {
    ...common,
    summary: `pods of the size of a session that fit at once (sessions themselves run in ${sessionNamespace})`,
    lines: [
      ...some.map((room): Line => ({ mark: 'yes', text: describe(room) })),
      ...(none.length > 0 ? [{ mark: 'no' as const, text: `none of the size of ${list(none, 9)}` }] : []),
    ],
    facts: { profiles: facts },
  };
}
