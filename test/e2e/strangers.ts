import type { Manifest } from '../../lib/bundle/bundle.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { poolOf } from './cluster-nodes.ts';
import { create, eventually, list, read, remove } from './requests.ts';
import { profileOf, renderedJob } from './sessions.ts';

/** The part of a NodePool that tests look at. */
export interface NodePoolSpec {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly disruption: { readonly consolidateAfter: string } };
}

/** A pod that no node of the platform may take. */
export interface Stranger {
  readonly name: string;
  readonly namespace: string;
  readonly nodeName: () => Promise<string | undefined>;
  readonly remove: () => Promise<void>;
}

async function pod(client: ApiClient, namespace: string, name: string, spec: object): Promise<Stranger> {
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec } as Manifest;
  const answer = await create(client, manifest);
  if (answer.status !== 201) throw new Error(answer.message);
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  return {
    name,
    namespace,
    nodeName: async () => (await read<{ spec: { nodeName?: string } }>(client, path))?.spec.nodeName,
    remove: async () => void (await remove(client, path)),
  };
}

/**
 * Pods that are nobody's session: one that asks for a GPU and tolerates nothing, one that tolerates GPUs but names the
 * pool of sessions without, one that is drawn to a GPU pool and tolerates nothing, one that says nothing at all.
 */
export async function strangers(client: ApiClient, platform: Platform): Promise<readonly Stranger[]> {
  const namespace = platform.environment.workbench.sessionNamespace;
  const profile = profileOf(platform, 'gpu-small');
  const { template } = renderedJob(platform, profile, 'stranger').spec;
  const { tolerations: _, nodeSelector, ...spec } = template.spec;
  const cpu = poolOf(platform, 'cpu').constraint;
  const plain = { image: 'example.org/nothing:1', resources: { requests: { cpu: '1', memory: '1Gi' } } };
  const bare = { restartPolicy: 'Never', containers: [{ name: 'main', ...plain }] };
  return [
    await pod(client, namespace, 'gpu-without-toleration', { ...spec, nodeSelector }),
    await pod(client, namespace, 'gpu-on-cpu-pool', { ...template.spec, nodeSelector: { [cpu.name]: cpu.value } }),
    await pod(client, namespace, 'drawn-without-toleration', { ...bare, nodeSelector }),
    await pod(client, namespace, 'says-nothing', bare),
  ];
}

/** What Karpenter says of a pod that it launches nothing for. */
export async function verdictOfKarpenter(client: ApiClient, { name, namespace }: Stranger): Promise<string> {
  const selector = encodeURIComponent(`involvedObject.name=${name},reason=FailedScheduling`);
  const said = async (): Promise<string | undefined> => {
    const events = await list(client, `/api/v1/namespaces/${namespace}/events?fieldSelector=${selector}`);
    const own = events.find(({ reportingComponent, source }) =>
      [reportingComponent, (source as { component?: string } | undefined)?.component].includes('karpenter'),
    );
    return own === undefined ? undefined : String(own.message);
  };
  const verdict = await eventually(said, (text) => text !== undefined);
  if (verdict === undefined) throw new Error(`Karpenter says nothing about ${name}`);
  return verdict;
}
