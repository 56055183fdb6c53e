import type { Bundle } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { applyEnvironment } from '../../lib/cluster/apply-environment.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { loadEnvironment } from '../../lib/loader/load.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { synthesize } from '../../stacks/synth.ts';
import { silent } from './local-cluster.ts';
import { patch } from './requests.ts';

/** A pool with what none of prod's has: GPUs that Karpenter has to be told of by a NodeOverlay. */
const SLICED_POOL: EnvironmentInput['nodePools'][number] = {
  name: 'gpu-sliced',
  role: 'dedicated',
  capacity: { kind: 'ec2', instanceTypes: ['g4dn.xlarge'], max: 2 },
  sharing: { kind: 'time-slicing', replicas: 4 },
};
const SLICED_PROFILE: EnvironmentInput['sessionProfiles'][number] = {
  name: 'gpu-sliced',
  title: 'A quarter of a T4',
  pool: 'gpu-sliced',
  cpu: { request: '500m' },
  memory: { request: '2G' },
  gpu: { count: 1 },
  images: ['course'],
  offeredTo: { groups: ['course-ml'] },
  idleTimeout: '30m',
  maxLifetime: '4h',
};

/**
 * prod and one pool of sliced GPUs, without warm capacity, whose nodes would be there before the sessions of the tests;
 * `changes` replace whole sections.
 */
export async function prodInput(changes: Partial<EnvironmentInput> = {}): Promise<EnvironmentInput> {
  const input = (await loadEnvironment('prod')).input as EnvironmentInput;
  return {
    ...input,
    nodePools: [...input.nodePools, SLICED_POOL],
    sessionProfiles: [...input.sessionProfiles.map(({ warmCapacity: _, ...profile }) => profile), SLICED_PROFILE],
    ...changes,
  };
}

export function bundleOfInput(input: EnvironmentInput): Bundle {
  const synthesis = synthesize(input);
  if (synthesis.kind === 'accepted') return synthesis.bundle;
  const problems = synthesis.kind === 'invalid' ? synthesis.problems : synthesis.findings;
  throw new Error(JSON.stringify(problems));
}

/** Starts a cluster with an environment whose nodes Karpenter launches; instances boot in 4 s. */
export async function startWithKarpenter(
  name: string,
  bundle: Bundle,
  controllers: readonly string[] = ['nodes', 'packing-scheduler', 'karpenter'],
): Promise<ApiClient> {
  process.env.ATELIER_BOOT_SECONDS = '4';
  await startCluster(name, silent);
  await applyEnvironment(name, bundle, silent, controllers);
  return connectToCluster(name);
}

/** Sets how long nodes of a NodePool may be empty, and that as many as are empty may go at once. */
export async function setIdleTime(client: ApiClient, pool: string, consolidateAfter: string): Promise<void> {
  const answer = await patch(client, `/apis/karpenter.sh/v1/nodepools/${pool}`, {
    spec: { disruption: { consolidateAfter, budgets: [{ nodes: '100%' }] } },
  });
  if (answer.status >= 300) throw new Error(answer.message);
}
