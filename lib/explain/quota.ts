import type { BundleObject } from '../bundle/bundle.ts';
import type { JsonObject } from '../core/json.ts';
import { parseQuantity } from '../core/kubernetes-quantity.ts';
import type { Amounts } from '../scheduling/amounts.ts';
import type { Scene } from './scene.ts';

/** A quota that pods of a namespace are counted against: its own, or one of a tenant above it. */
export interface QuotaLevel {
  /** Namespace the quota stands in. */
  readonly namespace: string;
  readonly object: BundleObject;
  readonly hard: Readonly<Record<string, string>>;
}

/** How often something fits below one limit. */
export interface Room {
  readonly level: QuotaLevel;
  /** As the quota names it: `requests.nvidia.com/gpu`. */
  readonly resource: string;
  readonly hard: string;
  readonly times: number;
}

const hardOf = ({ manifest }: BundleObject): Readonly<Record<string, string>> =>
  ((manifest.spec ?? {}) as { readonly hard?: Readonly<Record<string, string>> }).hard ?? {};

/**
 * Every quota that counts what runs in a namespace, from the top down: hierarchical ones of the namespaces above it and of
 * its own (HNC 1.1.0, HierarchicalResourceQuota), and its own ResourceQuotas.
 */
export function quotaLevels({ bundle }: Scene, namespace: string): readonly QuotaLevel[] {
  const ancestors = bundle.platform.tenants.find(({ name }) => name === namespace)?.ancestors ?? [];
  const line = [...ancestors, namespace];
  const found = bundle.objects.filter(({ manifest: { kind, metadata } }) =>
    kind === 'HierarchicalResourceQuota'
      ? line.includes(metadata.namespace ?? '')
      : kind === 'ResourceQuota' && metadata.namespace === namespace,
  );
  return found
    .map((object) => ({ namespace: object.manifest.metadata.namespace ?? '', object, hard: hardOf(object) }))
    .sort((a, b) => line.indexOf(a.namespace) - line.indexOf(b.namespace));
}

/** Billionths of what a pod asks for, by the names that quotas use (pkg/quota/v1/evaluator/core/pods.go). */
function asked(requests: Amounts, limits: Amounts): ReadonlyMap<string, bigint> {
  const nano = (resource: string, amount: number): bigint =>
    BigInt(Math.round(amount)) * (resource === 'cpu' ? 10n ** 6n : 10n ** 9n);
  const named = new Map<string, bigint>([['pods', 10n ** 9n]]);
  for (const [resource, amount] of Object.entries(requests)) {
    named.set(`requests.${resource}`, nano(resource, amount));
    if (resource === 'cpu' || resource === 'memory') named.set(resource, nano(resource, amount));
  }
  for (const [resource, amount] of Object.entries(limits)) named.set(`limits.${resource}`, nano(resource, amount));
  return named;
}

/** How many pods of a size fit below each limit, the one that ends first at the head. CPU in millicores. */
export function roomFor(levels: readonly QuotaLevel[], requests: Amounts, limits: Amounts = {}): readonly Room[] {
  const amounts = asked(requests, limits);
  const rooms = levels.flatMap((level) =>
    Object.entries(level.hard).flatMap(([resource, hard]): readonly Room[] => {
      const each = amounts.get(resource) ?? 0n;
      const limit = parseQuantity(String(hard));
      return limit === undefined || each <= 0n ? [] : [{ level, resource, hard, times: Number(limit / each) }];
    }),
  );
  // Of limits that end together the nearest is named: its owner can say most about it.
  return rooms.reverse().sort((a, b) => a.times - b.times);
}

/** A resource as people call it: `requests.nvidia.com/gpu` is `nvidia.com/gpu`. */
export function shortResource(resource: string): string {
  return resource.replace(/^requests\./, '');
}

/** `8 at once, limited by nvidia.com/gpu 8 of vision-imaging`; `undefined` room is no limit. */
export function describeRoom(room: Room | undefined): string {
  if (!room) return 'as many as the pool holds';
  const limit = `${shortResource(room.resource)} ${room.hard} of ${room.level.namespace}`;
  return room.times === 0 ? `none: ${limit}` : `${room.times} at once, limited by ${limit}`;
}

/** The same for programs. */
export function roomFacts({ level, resource, hard, times }: Room): JsonObject {
  return { namespace: level.namespace, resource, hard: String(hard), times };
}
