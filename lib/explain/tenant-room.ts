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
  /** Why policies refuse every one of them, whatever the quotas say. */
  readonly refusal?: string;
}

/** Policies that ask about the size of a pod; its class is whatever the tenant chooses. */
const SIZE_POLICIES = ['gpu-access', 'pod-ceiling'];

function refusalOf(scene: Scene, namespace: string, { gpu, cpu, memoryMB }: Profile): string | undefined {
  const labels = namespaceLabels(scene, namespace);
  const pod = { priorityClass: '', gpu: gpu !== undefined, cpu: cpu.limit, memory: memoryMB.limit * 1e6 };
  const said = SIZE_POLICIES.map((name) => ({ name, answer: judge(scene.bundle.platform, name, labels, pod) }));
  const refusing = said.find(({ answer }) => answer?.verdict === 'stop');
  return refusing && `${refusing.name}: ${refusing.answer?.sentence}`;
}

/** Room for pods of the size of the profile's sessions in the namespace of a tenant. */
export function tenantRoom(scene: Scene, tenant: TenantNode, profile: Profile): TenantRoom {
  const levels = quotaLevels(scene, tenant.name);
  const limits = { cpu: profile.cpu.limit, memory: profile.memoryMB.limit * 1e6 };
  const rooms = roomFor(levels, podRequests(followSession(scene, profile).pod.spec), limits);
  const refusal = refusalOf(scene, tenant.name, profile);
  return { levels, rooms, ...(refusal === undefined ? {} : { refusal }) };
}

/** Whether one such pod would run at all. */
export function hasRoom({ rooms, refusal }: TenantRoom): boolean {
  return refusal === undefined && rooms[0]?.times !== 0;
}

/** `8 at once, limited by ...`, or what refuses them. */
export function describeTenantRoom({ rooms, refusal }: TenantRoom): string {
  return refusal === undefined ? describeRoom(rooms[0]) : `refused by ${refusal}`;
}
