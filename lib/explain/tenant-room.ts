import type { Profile } from '../model/profile.ts';
import type { TenantNode } from '../model/tenant-tree.ts';
import { podRequests } from '../scheduling/pod-requests.ts';
import { judge, namespaceLabels } from './policies.ts';
import { followSession } from './profile/session.ts';
import { describeRoom, type QuotaLevel, quotaLevels, type Room, roomFor } from './quota.ts';
import type { Scene } from './scene.ts';

/** How many pods of the size of a session a tenant's namespace has room for. */
export interface TenantRoom {
  readonly levels: readonly QuotaLevel[];
  /** The tightest limit first; empty where nothing limits them. */
  readonly rooms: readonly Room[];
  /** Why policies refuse every one of them, whatever the quotas say: `gpu-access: the namespace may not use GPUs`. */
  readonly refusals: readonly string[];
}

/** Policies that ask about the size of a pod; its class is whatever the tenant chooses. */
const SIZE_POLICIES = ['gpu-access', 'pod-ceiling'];

function refusalsOf(scene: Scene, namespace: string, { gpu, cpu, memoryMB }: Profile): readonly string[] {
  const labels = namespaceLabels(scene, namespace);
  const pod = { priorityClass: '', gpu: gpu !== undefined, cpu: cpu.limit, memory: memoryMB.limit * 1e6 };
  return SIZE_POLICIES.flatMap((name) => {
    const answer = judge(scene.bundle.platform, name, labels, pod);
    return answer?.verdict === 'stop' ? [`${name}: ${answer.sentence}`] : [];
  });
}

/** Room for pods of the size of the profile's sessions in the namespace of a tenant. */
export function tenantRoom(scene: Scene, tenant: TenantNode, profile: Profile): TenantRoom {
  const levels = quotaLevels(scene, tenant.name);
  const limits = { cpu: profile.cpu.limit, memory: profile.memoryMB.limit * 1e6 };
  const rooms = roomFor(levels, podRequests(followSession(scene, profile).pod.spec), limits);
  return { levels, rooms, refusals: refusalsOf(scene, tenant.name, profile) };
}

/** Whether one such pod would run at all. */
export function hasRoom({ rooms, refusals }: TenantRoom): boolean {
  return refusals.length === 0 && rooms[0]?.times !== 0;
}

/** `8 at once, limited by ...`, or what refuses them. */
export function describeTenantRoom({ rooms, refusals }: TenantRoom): string {
  return refusals.length === 0 ? describeRoom(rooms[0]) : `refused by ${refusals.join('; ')}`;
}
