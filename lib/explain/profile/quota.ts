import { asJsonObject, type JsonObject } from '../../core/json.ts';
import { count, list } from '../../core/words.ts';
import type { TenantNode } from '../../model/tenant-tree.ts';
import { podRequests } from '../../scheduling/pod-requests.ts';
import { describeAudience, tenantsOf } from '../audience.ts';
import type { Line, Step } from '../explanation.ts';
import { type QuotaLevel, quotaLevels, type Room, roomFor } from '../quota.ts';
import { filesOf, placeAt } from '../scene.ts';
import { detail, line } from '../words.ts';
import type { Session } from './session.ts';

const short = (resource: string): string => resource.replace(/^requests\./, '');

const roomFacts = ({ level, resource, hard, times }: Room): JsonObject => ({
  namespace: level.namespace,
  resource,
  hard: String(hard),
  times,
});

interface InTenant {
  readonly tenant: TenantNode;
  readonly levels: readonly QuotaLevel[];
  readonly rooms: readonly Room[];
}

/** `8 at once: nvidia.com/gpu of vision-imaging ends first (8)`. */
function describeRoom([first]: readonly Room[]): string {
  if (!first) return 'no quota on its path limits it';
  const { level, resource, hard, times } = first;
  return `${times === 0 ? 'none' : `${times} at once`}: ${short(resource)} of ${level.namespace} ends first (${hard})`;
}

/** The path from the top, with how many fit below the tightest limit of each level. */
function describePath({ rooms, tenant }: InTenant): string {
  return [...tenant.ancestors, tenant.name]
    .map((name) => {
      const tightest = rooms.find(({ level }) => level.namespace === name);
      return tightest ? `${name} ${tightest.times} (${short(tightest.resource)} ${tightest.hard})` : `${name} no limit`;
    })
    .join(' > ');
}

/** More tenants than this are told only to who asks for all of it. */
const MOST_TENANTS = 2;

function tenantLines(session: Session, found: readonly InTenant[]): readonly Line[] {
  const { platform, audience } = session;
  if (!audience) return [];
  const who = describeAudience(platform, audience);
  if (found.length === 0) return [line(`${who} belongs to no tenant`)];
  return [
    line(`A pod of this size that ${who} starts in a namespace of a tenant, without Workbench:`),
    ...found.flatMap((each, index): readonly Line[] => {
      const mark = each.rooms[0]?.times === 0 ? 'no' : 'yes';
      const hidden = index >= MOST_TENANTS ? ({ detail: true } as const) : {};
      return [
        { text: `${each.tenant.name}: ${describeRoom(each.rooms)}`, mark, ...hidden },
        detail(`path ${describePath(each)}`),
      ];
    }),
    ...(found.length > MOST_TENANTS
      ? [line(`and in ${list(found.slice(MOST_TENANTS).map(({ tenant }) => tenant.name))} (--long)`)]
      : []),
  ];
}

/**
 * Which quotas count the session. Workbench starts the sessions of everybody in one namespace, so the quotas of tenants
 * count none of them; what they leave room for is told of a pod of the same size in the tenant's own namespace.
 */
export function explainQuota(session: Session): Step {
  const { scene, platform, profile, pod, audience } = session;
  const requests = podRequests(pod.spec);
  const limits = { cpu: profile.cpu.limit, memory: profile.memoryMB.limit * 1e6 };
  const { sessionNamespace } = platform.environment.workbench;
  const levels = quotaLevels(scene, sessionNamespace);
  const rooms = roomFor(levels, requests, limits);
  const [first] = rooms;
  const found = (audience ? tenantsOf(platform, audience) : []).map((tenant): InTenant => {
    const own = quotaLevels(scene, tenant.name);
    return { tenant, levels: own, rooms: roomFor(own, requests, limits) };
  });
  const everybody = `everybody's sessions run in ${sessionNamespace}`;
  return {
    id: 'quota',
    verdict: first?.times === 0 ? 'stop' : 'fine',
    summary: first
      ? `${everybody}, whose quota has room for ${count(first.times, 'such session')}: ${short(first.resource)} ends first (${first.hard})`
      : `${everybody}, which has no quota${platform.tenants.length > 0 ? ": those of tenants do not count them, the pool's size limits them" : ''}`,
    lines: tenantLines(session, found),
    places: [
      placeAt(scene, ['workbench', 'sessionNamespace']),
      ...found.slice(0, 1).map(({ tenant }) => placeAt(scene, tenant.at)),
    ],
    files: filesOf([...levels, ...found.slice(0, 1).flatMap((each) => each.levels)].map(({ object }) => object)),
    facts: {
      namespace: sessionNamespace,
      quotas: rooms.map(roomFacts),
      ...(audience
        ? {
            tenants: found.map(({ tenant, rooms: of }) =>
              asJsonObject({ tenant: tenant.name, path: [...tenant.ancestors, tenant.name], rooms: of.map(roomFacts) }),
            ),
          }
        : {}),
    },
  };
}
