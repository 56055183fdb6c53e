import { findInstanceType } from '../../lib/catalog/instance-types.ts';
import { parseBytes, parseMillicpu } from '../../lib/core/quantity.ts';

/** A node as a scheduler sees it; CPU in millicores, memory and storage in bytes, everything else as a count. */
export interface SeenNode {
  readonly labels: Readonly<Record<string, string>>;
  /** `key=value:effect`, sorted, each once. */
  readonly taints: readonly string[];
  readonly allocatable: Readonly<Record<string, number>>;
}

/** The part of a node group that cluster-autoscaler can ask AWS for. */
export interface DescribedGroup {
  readonly zones: readonly string[];
  readonly instanceTypes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  readonly autoscalingTags: Readonly<Record<string, string>>;
}

const TEMPLATE = 'k8s.io/cluster-autoscaler/node-template';

function tagged(tags: Readonly<Record<string, string>>, part: string): ReadonlyMap<string, string> {
  const prefix = `${TEMPLATE}/${part}/`;
  const found = Object.entries(tags).filter(([key]) => key.startsWith(prefix) && key.length > prefix.length);
  return new Map(found.map(([key, value]) => [key.slice(prefix.length), value]));
}

/** One resource as a number; a text that is no quantity is ignored, as the autoscaler does. */
export function quantity(resource: string, text: string): number {
  const parsed = resource === 'cpu' ? parseMillicpu(text) : parseBytes(text);
  if (parsed === undefined) throw new Error(`${resource}: "${text}" is no quantity`);
  return parsed;
}

const EFFECT_OF_EKS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: 'NoSchedule',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
  NO_EXECUTE: 'NoExecute',
};

/** Keys of the flags `--startup-taint` and `--status-taint`, whose taints are taken off the imagined node. */
function ignoredTaints(flags: readonly string[]): ReadonlySet<string> {
  return new Set(flags.flatMap((flag) => /^--(?:startup|status)-taint=(.+)$/.exec(flag)?.[1] ?? []));
}

/**
 * The node that cluster-autoscaler 1.36.1 imagines for an EMPTY group, read from the rules of its AWS provider
 * (aws_manager.go buildNodeFromTemplate, aws_wrapper.go getManagedNodegroupInfo, utils/taints SanitizeTaints) and not
 * from our renderer. `describe` says whether EKS answers DescribeNodegroup, which it does not in every private network.
 */
export function imagineNode(group: DescribedGroup, flags: readonly string[], describe: boolean): SeenNode {
  const { autoscalingTags: tags } = group;
  // Only the first instance type and the first zone are looked at; 110 pods; nothing is reserved.
  const type = findInstanceType(group.instanceTypes[0] ?? '');
  const zone = group.zones[0] ?? '';
  if (!type) throw new Error('the autoscaler does not know the instance type');
  const allocatable: Record<string, number> = {
    cpu: type.vcpu * 1000,
    memory: type.memoryMiB * 2 ** 20,
    pods: 110,
    'nvidia.com/gpu': type.gpu?.count ?? 0,
  };
  for (const [resource, text] of tagged(tags, 'resources')) allocatable[resource] = quantity(resource, text);
  const labels: Record<string, string> = {
    'kubernetes.io/arch': type.architecture,
    'kubernetes.io/os': 'linux',
    'node.kubernetes.io/instance-type': type.name,
    'topology.kubernetes.io/region': zone.slice(0, -1),
    'topology.kubernetes.io/zone': zone,
    ...Object.fromEntries(tagged(tags, 'label')),
    ...(describe ? group.labels : {}),
  };
  const taints = [...tagged(tags, 'taint')].flatMap(([key, value]) => {
    const match = /^(.*):(NoSchedule|NoExecute|PreferNoSchedule)$/.exec(value);
    return match ? [{ key, value: match[1] ?? '', effect: match[2] ?? '' }] : [];
  });
  if (describe) {
    for (const { key, value, effect } of group.taints) {
      const translated = EFFECT_OF_EKS[effect];
      if (translated === undefined) throw new Error(`EKS has no effect ${effect}`);
      taints.push({ key, value, effect: translated });
    }
  }
  const ignored = ignoredTaints(flags);
  const kept = taints
    .filter(({ key }) => !ignored.has(key))
    .map((taint) => `${taint.key}=${taint.value}:${taint.effect}`);
  return { labels, taints: [...new Set(kept)].sort(), allocatable };
}
