import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { kwokProviderData } from '../../../lib/cluster/controllers/cluster-autoscaler/node-templates.ts';
import { clusterAutoscalerSettings } from '../../../lib/cluster/controllers/cluster-autoscaler/settings.ts';
import { groupsOf } from '../../../lib/cluster/joined-node.ts';
import { toYaml } from '../../../lib/core/yaml.ts';
import { loadEnvironment } from '../../../lib/loader/load.ts';
import { synthesize } from '../../../stacks/synth.ts';
import { type DescribedGroup, imagineNode, quantity } from '../../nodes/imagined-node.ts';

async function staging() {
  const synthesis = synthesize((await loadEnvironment('staging')).input);
  if (synthesis.kind !== 'accepted') throw new Error('staging');
  return synthesis.bundle;
}

interface Template {
  readonly metadata: {
    readonly name: string;
    readonly annotations: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly taints: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  };
  readonly status: { readonly allocatable: Readonly<Record<string, string>> };
}

const before = process.env.ATELIER_CLUSTER_AUTOSCALER;
afterEach(() => {
  if (before === undefined) delete process.env.ATELIER_CLUSTER_AUTOSCALER;
  else process.env.ATELIER_CLUSTER_AUTOSCALER = before;
});

describe('cluster-autoscaler on a local cluster (NODE-2, NODE-3)', () => {
  it('GIVEN no binary WHEN an environment with node groups is applied THEN it is not asked for', async () => {
    delete process.env.ATELIER_CLUSTER_AUTOSCALER;
    expect(clusterAutoscalerSettings(await staging())).toBeUndefined();
  });

  it('GIVEN a binary WHEN it starts THEN it has the flags of the chart and a template of every group', async () => {
    process.env.ATELIER_CLUSTER_AUTOSCALER = '/opt/cluster-autoscaler';
    const bundle = await staging();
    const settings = clusterAutoscalerSettings(bundle);
    expect(settings?.flags).toEqual(
      expect.arrayContaining([
        '--expander=least-waste',
        '--scale-down-delay-after-add=0s',
        '--skip-nodes-with-local-storage=false',
        '--startup-taint=ebs.csi.aws.com/agent-not-ready',
      ]),
    );
    expect(settings?.templates).toHaveLength(groupsOf(bundle).length);
  });

  it('GIVEN a group WHEN its template is read THEN it is the node that cluster-autoscaler imagines from the tags', async () => {
    process.env.ATELIER_CLUSTER_AUTOSCALER = '/opt/cluster-autoscaler';
    const bundle = await staging();
    const settings = clusterAutoscalerSettings(bundle);
    const data = kwokProviderData(settings?.templates ?? []);
    const { items } = parse(toYaml(data.templates)) as { readonly items: readonly Template[] };
    for (const group of groupsOf(bundle)) {
      const template = items.find(({ metadata }) => metadata.name === group.name);
      const imagined = imagineNode(group.spec as unknown as DescribedGroup, settings?.flags ?? [], true);
      const ignored = (settings?.flags ?? []).flatMap((flag) => /^--startup-taint=(.+)$/.exec(flag)?.[1] ?? []);
      const taints = (template?.spec.taints ?? [])
        .filter(({ key }) => !ignored.includes(key))
        .map(({ key, value = '', effect }) => `${key}=${value}:${effect}`);
      expect([group.name, taints.sort()]).toEqual([group.name, imagined.taints]);
      const { 'topology.kubernetes.io/region': _, ...labels } = imagined.labels;
      expect(template?.metadata.labels).toMatchObject(labels);
      const amounts = Object.entries(template?.status.allocatable ?? {}).map(([name, text]) => [
        name,
        quantity(name, text),
      ]);
      expect(Object.fromEntries(amounts)).toMatchObject(
        Object.fromEntries(Object.entries(imagined.allocatable).filter(([, amount]) => amount !== 0)),
      );
      expect(template?.metadata.annotations['cluster-autoscaler.kwok.nodegroup/name']).toBe(group.name);
      expect(template?.metadata.annotations['cluster-autoscaler.kwok.nodegroup/max-count']).toBe(
        String(group.spec.scaling.max - group.spec.scaling.min),
      );
      // The provider ends at once where a node has no name of a group under the label that it groups by.
      const { nodegroups } = data.config as { readonly nodegroups: { readonly fromNodeLabelKey: string } };
      expect(template?.metadata.labels[nodegroups.fromNodeLabelKey]).toBe(group.name);
    }
    expect(data.config).toMatchObject({
      nodes: {
        skipTaint: true,
        gpuConfig: { gpuLabelKey: 'k8s.amazonaws.com/accelerator', availableGPUTypes: { 'nvidia-tesla-t4': {} } },
      },
    });
  });
});
