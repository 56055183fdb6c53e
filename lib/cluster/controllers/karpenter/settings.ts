import type { Bundle } from '../../../bundle/bundle.ts';
import { CHARTS } from '../../../catalog/charts.ts';
import { type Json, type JsonObject, objectOr } from '../../../core/json.ts';

/** A term of an EC2NodeClass that selects subnets, security groups or images (karpenter.k8s.aws/v1). */
export interface SelectorTerm {
  readonly tags?: Readonly<Record<string, string>>;
  readonly id?: string;
  readonly name?: string;
}

/** What Karpenter looks for in AWS on behalf of one EC2NodeClass. */
export interface NodeClassNeeds {
  readonly name: string;
  readonly role?: string;
  readonly instanceProfile?: string;
  readonly subnets: readonly SelectorTerm[];
  readonly securityGroups: readonly SelectorTerm[];
  /** Images of one's own, whose architecture is that of the pool's instance types. */
  readonly images: readonly { readonly id: string; readonly architecture: 'amd64' | 'arm64' }[];
}

/** All that Karpenter and the AWS that is played for it have to know of an environment. */
export interface KarpenterSettings {
  readonly namespace: string;
  /** Values of the chart, `settings` and `controller.resources`. */
  readonly values: JsonObject;
  readonly cluster: { readonly name: string; readonly region: string; readonly accountId: string };
  readonly kubernetesVersion: string;
  readonly zones: readonly string[];
  readonly nodeClasses: readonly NodeClassNeeds[];
}

const terms = (value: Json | undefined): readonly SelectorTerm[] =>
  Array.isArray(value) ? (value as readonly unknown[] as readonly SelectorTerm[]) : [];
const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

function nodeClassNeeds({ objects, platform }: Bundle): readonly NodeClassNeeds[] {
  return objects.flatMap(({ manifest }) => {
    if (manifest.kind !== 'EC2NodeClass') return [];
    const { name } = manifest.metadata;
    const spec = objectOr(manifest.spec);
    const role = text(spec.role);
    const instanceProfile = text(spec.instanceProfile);
    const architecture = platform.pools.find((pool) => pool.name === name)?.nodes[0]?.architecture ?? 'amd64';
    return {
      name,
      ...(role === undefined ? {} : { role }),
      ...(instanceProfile === undefined ? {} : { instanceProfile }),
      subnets: terms(spec.subnetSelectorTerms),
      securityGroups: terms(spec.securityGroupSelectorTerms),
      images: terms(spec.amiSelectorTerms).flatMap(({ id }) => (id === undefined ? [] : [{ id, architecture }])),
    };
  });
}

/** The settings of an environment whose nodes Karpenter launches; undefined for others. */
export function karpenterSettings(bundle: Bundle): KarpenterSettings | undefined {
  const { cluster, kubernetesVersion } = bundle.platform.environment;
  const release = bundle.releases.find(({ chart }) => chart.name === CHARTS.karpenter.name);
  if (release === undefined || cluster.kind !== 'eks') return undefined;
  const { settings, controller } = release.values;
  return {
    namespace: release.namespace,
    values: { settings: objectOr(settings), resources: objectOr(objectOr(controller).resources) },
    cluster: { name: cluster.name, region: cluster.region, accountId: cluster.accountId },
    kubernetesVersion,
    zones: cluster.zones,
    nodeClasses: nodeClassNeeds(bundle),
  };
}
