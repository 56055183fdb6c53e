import { asJsonObject } from '../../core/json.ts';
import { count, list } from '../../core/words.ts';
import type { TenantNode } from '../../model/tenant-tree.ts';
import { podRequests } from '../../scheduling/pod-requests.ts';
import { describeAudience, tenantsOf } from '../audience.ts';
import type { Line, Step } from '../explanation.ts';
import { quotaLevels, roomFacts, roomFor, shortResource } from '../quota.ts';
import { filesOf, placeAt } from '../scene.ts';
import { describeTenantRoom, hasRoom, type TenantRoom, tenantRoom } from '../tenant-room.ts';
import { detail, line } from '../words.ts';
import type { Session } from './session.ts';

interface InTenant {
  readonly tenant: TenantNode;
  readonly room: TenantRoom;
}

/** The path from the top, with how many fit below the tightest limit of each level. */
function describePath({ room: { rooms }, tenant }: InTenant): string {
  return [...tenant.ancestors, tenant.name]
    .map((name) => {
      const tightest = rooms.find(({ level }) => level.namespace === name);
      return tightest
        ? `${name} ${tightest.times} (${shortResource(tightest.resource)} ${tightest.hard})`
        : `${name} no limit`;
    })
    .join(' > ');
}

/** More tenants than this are told only to who asks for all of them. */
const MOST_TENANTS = 2;

function tenantLines({ platform, audience }: Session, found: readonly InTenant[]): readonly Line[] {
  if (!audience)
    return platform.tenants.length === 0 ? [] : [line('--group G: what the quotas of their tenants would hold')];
  const who = describeAudience(platform, audience);
  if (found.length === 0) return [line(`${who} belongs to no tenant`)];
  const hidden = found.slice(MOST_TENANTS).map(({ tenant }) => tenant.name);
  return [
    line(`A pod of this size that ${who} starts in a tenant's own namespace:`),
    ...found.flatMap((each, index): readonly Line[] => [
      {
        text: `${each.tenant.name}: ${describeTenantRoom(each.room)}`,
        mark: hasRoom(each.room) ? 'yes' : 'no',
        ...(index < MOST_TENANTS ? {} : { detail: true as const }),
      },
      detail(`path ${describePath(each)}`),
    ]),
    ...(hidden.length > 0 ? [line(`and in ${list(hidden)} (--long)`)] : []),
  ];
}

/**
 * Which quotas count the session. Workbench starts the sessions of everybody in one namespace, so the quotas of tenants
 * count none of them; what they leave room for is told of a pod of the same size in the tenant's own namespace.
 */
export function explainQuota(session: Session): Step {
  const { scene, platform, profile, pod, audience } = session;
  const { sessionNamespace } = platform.environment.workbench;
  const levels = quotaLevels(scene, sessionNamespace);
  const limits = { cpu: profile.cpu.limit, memory: profile.memoryMB.limit * 1e6 };
  const rooms = roomFor(levels, podRequests(pod.spec), limits);
  const [first] = rooms;
  const tenants = audience ? tenantsOf(platform, audience) : [];
  const found = tenants.map((tenant): InTenant => ({ tenant, room: tenantRoom(scene, tenant, profile) }));
  const everybody = `everybody's sessions run in ${sessionNamespace}`;
  return {
    id: 'quota',
    verdict: first?.times === 0 ? 'stop' : 'fine',
    summary: first
      ? `${everybody}, whose quota holds ${count(first.times, 'such session')}: ${shortResource(first.resource)} ${first.hard}`
      : `${everybody}, which has no quota; tenants' quotas do not count them`,
    lines: tenantLines(session, found),
    places: [
      placeAt(scene, ['workbench', 'sessionNamespace']),
      ...tenants.map(({ at }) => placeAt(scene, [...at, 'quota'])),
    ],
    files: filesOf([...levels, ...found.flatMap(({ room }) => room.levels)].map(({ object }) => object)),
    facts: {
      namespace: sessionNamespace,
      quotas: rooms.map(roomFacts),
      tenants: found.map(({ tenant, room }) =>
        asJsonObject({
          tenant: tenant.name,
          path: [...tenant.ancestors, tenant.name],
          fits: hasRoom(room),
          refusals: room.refusals,
          rooms: room.rooms.map(roomFacts),
        }),
      ),
    },
  };
}
