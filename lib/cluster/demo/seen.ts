import { WARM_CAPACITY_NAMESPACE } from '../../model/namespaces.ts';
import type { ApiClient } from '../api-client.ts';

type Texts = Readonly<Record<string, string>>;
interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}
interface Metadata {
  readonly name: string;
  readonly uid: string;
  readonly labels?: Texts;
  readonly creationTimestamp: string;
}

/** The parts of core/v1 Pod, core/v1 Node and karpenter.sh/v1 NodeClaim that tell the story. */
export interface SeenPod {
  readonly metadata: Metadata;
  readonly spec: {
    readonly nodeName?: string;
    readonly containers: readonly { readonly resources?: { readonly requests?: Texts } }[];
  };
  readonly status: { readonly phase: string; readonly conditions?: readonly Condition[] };
}
export interface SeenNode {
  readonly metadata: Metadata;
  readonly spec: {
    readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  };
  readonly status: { readonly allocatable?: Texts; readonly conditions?: readonly Condition[] };
}
export interface SeenNodeClaim {
  readonly metadata: Metadata;
  readonly status?: {
    readonly providerID?: string;
    readonly allocatable?: Texts;
    readonly nodeName?: string;
    readonly conditions?: readonly Condition[];
  };
}

async function list<T>(client: ApiClient, path: string): Promise<readonly T[]> {
  const { status, body } = await client.send({ method: 'GET', path });
  return status === 200 ? (body as { readonly items: readonly T[] }).items : [];
}

export const nodesOf = (client: ApiClient): Promise<readonly SeenNode[]> => list(client, '/api/v1/nodes');

/** None where Karpenter does not run. */
export const nodeClaimsOf = (client: ApiClient): Promise<readonly SeenNodeClaim[]> =>
  list(client, '/apis/karpenter.sh/v1/nodeclaims');

/** The pods of a Job, the newest last. */
export async function podsOf(client: ApiClient, namespace: string, job: string): Promise<readonly SeenPod[]> {
  const selector = encodeURIComponent(`batch.kubernetes.io/job-name=${job}`);
  return list(client, `/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}`);
}

/** Names of the nodes that placeholders of warm capacity hold. */
export async function warmNodesOf(client: ApiClient): Promise<ReadonlySet<string>> {
  const pods = await list<SeenPod>(client, `/api/v1/namespaces/${WARM_CAPACITY_NAMESPACE}/pods`);
  return new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []));
}

export function isTrue(conditions: readonly Condition[] | undefined, type: string): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;
}

/** Why the scheduler found no node; undefined while it has not said. */
export function unschedulable({ status }: SeenPod): string | undefined {
  return status.conditions?.find(({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable')?.message;
}
