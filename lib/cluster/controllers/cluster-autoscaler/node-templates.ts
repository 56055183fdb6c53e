import { AUTOSCALER_TAGS, LABELS } from '../../../catalog/labels.ts';
import type { JsonObject } from '../../../core/json.ts';
import { type GroupResource, groupTaints } from '../../joined-node.ts';

/** Annotations by which the kwok provider knows a group (cluster-autoscaler 1.36.1 cloudprovider/kwok). */
const GROUP = 'cluster-autoscaler.kwok.nodegroup/';

/** What the tags of a group say under a prefix. */
function tagged(tags: Readonly<Record<string, string>>, prefix: string): Readonly<Record<string, string>> {
  const found = Object.entries(tags).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(found.map(([key, value]) => [key.slice(prefix.length), value]));
}

/**
 * The node that cluster-autoscaler imagines for a group, and that its kwok provider starts: labels and resources are
 * those of the group's tags, as on AWS for an empty group, so what the tags do not say is not there. The nodes that a
 * group starts with are not the provider's, so it may add what is left.
 */
export function nodeTemplate({ name, spec }: GroupResource, architecture: string): JsonObject {
  const { scaling, instanceTypes, autoscalingTags = {} } = spec;
  const resources = tagged(autoscalingTags, AUTOSCALER_TAGS.resourcePrefix);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: {
        [`${GROUP}name`]: name,
        [`${GROUP}min-count`]: '0',
        [`${GROUP}desired-count`]: '0',
        [`${GROUP}max-count`]: String(scaling.max - scaling.min),
      },
      labels: {
        ...tagged(autoscalingTags, AUTOSCALER_TAGS.labelPrefix),
        [LABELS.architecture]: architecture,
        [LABELS.operatingSystem]: 'linux',
        [LABELS.instanceType]: instanceTypes[0] ?? '',
        // The provider ends where any node of the cluster lacks the label that it groups by.
        [LABELS.eksNodeGroup]: name,
      },
    },
    spec: { taints: groupTaints(spec) },
    status: { capacity: resources, allocatable: resources },
  };
}

/** The provider's configuration and its templates, as it reads them from two ConfigMaps. */
export function kwokProviderData(templates: readonly JsonObject[]): {
  readonly config: JsonObject;
  readonly templates: JsonObject;
} {
  const accelerators = templates.flatMap(({ metadata }) => {
    const { labels } = metadata as { readonly labels: Readonly<Record<string, string>> };
    return labels[LABELS.eksAccelerator] ?? [];
  });
  return {
    config: {
      apiVersion: 'v1alpha1',
      readNodesFrom: 'configmap',
      nodegroups: { fromNodeLabelKey: LABELS.eksNodeGroup },
      nodes: {
        // Without it the provider adds a taint of its own.
        skipTaint: true,
        gpuConfig: {
          gpuLabelKey: LABELS.eksAccelerator,
          availableGPUTypes: Object.fromEntries([...new Set(accelerators)].map((type) => [type, {}])),
        },
      },
      configmap: { name: TEMPLATES_NAME },
    },
    templates: { apiVersion: 'v1', kind: 'List', items: templates },
  };
}

/** Names that the provider looks for. */
export const CONFIG_NAME = 'kwok-provider-config';
export const TEMPLATES_NAME = 'kwok-provider-templates';
