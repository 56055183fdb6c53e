import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { nodeClaimsOf } from '../../lib/cluster/demo/seen.ts';
import { buildTool } from '../../lib/cluster/toolchain.ts';
import { JOB_TEMPLATE, KARPENTER } from '../../lib/cluster/tools.ts';
import { WARM_CAPACITY_NAMESPACE } from '../../lib/model/namespaces.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { nodesOfPool } from './cluster-nodes.ts';
import { describeWithClusters } from './local-cluster.ts';
import { bundleOfInput, prodInput, setIdleTime, startWithKarpenter } from './prod-on-karpenter.ts';
import { eventually, list } from './requests.ts';
import { profileOf, renderedJob, start } from './sessions.ts';

const PROFILE = 'gpu-small';
const IDLE_SECONDS = 5;
/** What no new node could do, which boots and registers for longer, and a busy machine can. */
const AT_ONCE_MS = 30_000;

interface Placeholder {
  readonly metadata: { readonly uid: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: { readonly phase: string };
}

describeWithClusters('room that is kept ready (NODE-9)', () => {
  let client: ApiClient;
  let platform: Platform;

  beforeAll(async () => {
    for (const tool of [KARPENTER, JOB_TEMPLATE]) {
      await buildTool(tool, (line) => void process.stderr.write(`${line}\n`));
    }
    const { sessionProfiles } = await prodInput();
    const warm = sessionProfiles.map((each) =>
      each.name === PROFILE ? { ...each, warmCapacity: { sessions: 1 } } : each,
    );
    const bundle = bundleOfInput(await prodInput({ sessionProfiles: warm }));
    platform = bundle.platform;
    client = await startWithKarpenter('warm', bundle);
  });
  afterAll(() => client?.close());

  it('GIVEN one warm place WHEN a session comes THEN it starts there at once, the placeholder is replaced, and what is empty afterwards goes', async () => {
    const profile = profileOf(platform, PROFILE);
    const nodes = async (): Promise<readonly string[]> =>
      (await nodesOfPool(client, profile.pool)).map(({ metadata }) => metadata.name);
    const placeholder = async (): Promise<Placeholder | undefined> => {
      const path = `/api/v1/namespaces/${WARM_CAPACITY_NAMESPACE}/pods`;
      const pods = (await list(client, path)) as readonly unknown[] as readonly Placeholder[];
      return pods.find(({ status }) => status.phase === 'Running');
    };
    const first = await eventually(placeholder, (pod) => pod !== undefined);
    expect(await nodes()).toEqual([first?.spec.nodeName]);

    // Nodes that hold placeholders alone are not empty: Karpenter looks every 10 s, and twice here.
    await setIdleTime(client, profile.pool, `${IDLE_SECONDS}s`);
    await sleep(IDLE_SECONDS * 1000 + 20_000);
    expect(await nodes()).toEqual([first?.spec.nodeName]);

    const asked = Date.now();
    const session = await start(client, platform, PROFILE, renderedJob(platform, profile, 'warm'));
    const pod = await session.running();
    // A node takes 4 s to boot here and 30 s to register.
    expect(Date.now() - asked).toBeLessThan(AT_ONCE_MS);
    expect(pod.spec.nodeName).toBe(first?.spec.nodeName);

    const second = await eventually(
      placeholder,
      (found) => found !== undefined && found.metadata.uid !== first?.metadata.uid,
    );
    expect(second?.metadata.uid).not.toBe(first?.metadata.uid);
    expect(second?.spec.nodeName).not.toBe(pod.spec.nodeName);
    expect((await nodeClaimsOf(client)).length).toBe(2);

    await session.end();
    const left = await eventually(nodes, (names) => names.length === 1);
    expect(left).toEqual([(await placeholder())?.spec.nodeName]);
  });
});
