import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bundle, Manifest } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { installModuleCrds } from '../../lib/cluster/apply.ts';
import { stopProcess } from '../../lib/cluster/process.ts';
import { clusterFolder, readState } from '../../lib/cluster/state.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { orderingPlan, plannedName, type Step } from '../../lib/pulumi/ordering-plan.ts';
import { collectionPath } from '../policies/replay.ts';
import { startDenyingWebhook } from './denying-webhook.ts';
import { bundleOf } from './environments.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import {
  makeStack,
  operationsIn,
  PREVIEW,
  STATE_AT_END,
  type Stack,
  startHnc,
  UP,
  unlikeReviewed,
} from './pulumi-stack.ts';
import { create, eventually, read, remove } from './requests.ts';

const namesIn = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap(({ resources }) => resources.map(plannedName));

/** An up on a busy machine. */
const UP_MS = 400_000;

describeWithClusters('pulumi up when the cluster or the provider fails (CLOUD-3)', () => {
  const cluster = 'pulumi-dev';
  let bundle: Bundle;
  let client: ApiClient;
  const stacks: Stack[] = [];
  beforeAll(async () => {
    bundle = await bundleOf('dev');
    await startCluster(cluster, silent);
    client = await connectToCluster(cluster);
    await installModuleCrds(client, bundle, silent);
  });
  afterAll(() => {
    client.close();
    for (const { project } of stacks) project.remove();
  });
  const newStack = async (): Promise<Stack> => {
    const stack = await makeStack(bundle, cluster, { variables: STATE_AT_END });
    stacks.push(stack);
    return stack;
  };

  it(
    'GIVEN an API server that is killed during up and starts again WHEN up runs again THEN it converges',
    async () => {
      const stack = await newStack();
      const log = join(stack.project.folder, 'operations.log');
      const up = stack.start(UP, { ATELIER_STAND_IN_LOG: log, ATELIER_STAND_IN_SLOW: '200' });
      await eventually(
        async () => operationsIn(log).length,
        (done) => done >= 15,
      );
      const server = readState(clusterFolder(cluster))?.processes.find(({ name }) => name === 'kube-apiserver');
      if (server === undefined) throw new Error('no API server');
      await stopProcess(server, 0);
      await sleep(500);
      await startCluster(cluster, silent);
      await up.result;
      expect(await stack.run(UP)).toMatchObject({ code: 0, errors: [] });
      expect(await unlikeReviewed(client, bundle)).toEqual([]);
      expect(await stack.run(PREVIEW)).toMatchObject({ code: 0, changes: [] });
    },
    UP_MS,
  );

  it(
    'GIVEN a provider that fails once in each phase WHEN up runs again THEN it goes on there, and nothing later had begun',
    async () => {
      const stack = await newStack();
      const log = join(stack.project.folder, 'operations.log');
      const steps = orderingPlan(bundle);
      const phases = [...new Set(steps.map(({ phase }) => phase))];
      for (const phase of phases) {
        const failing = namesIn(steps.filter((step) => step.phase === phase)).at(-1) ?? '';
        const failed = await stack.run(UP, { ATELIER_STAND_IN_LOG: log, ATELIER_STAND_IN_FAIL: failing });
        expect(failed.code).not.toBe(0);
        expect(failed.errors.join('\n')).toContain(`create of ${failing} fails, as it was told to`);
        const made = operationsIn(log).map((line) => line.replace('create ', ''));
        const before = namesIn(
          steps.slice(
            0,
            steps.findIndex((step) => step.phase === phase),
          ),
        );
        const later = namesIn(steps.filter((step) => step.phase > phase));
        expect(made).toEqual(expect.arrayContaining([...before]));
        expect(made.filter((name) => later.includes(name))).toEqual([]);
      }
      expect(await stack.run(UP, { ATELIER_STAND_IN_LOG: log })).toMatchObject({ code: 0, errors: [] });
      // What was made in one run is not made again in the next.
      expect(operationsIn(log)).toHaveLength(namesIn(steps).length);
      expect(await stack.run(PREVIEW)).toMatchObject({ code: 0, changes: [] });
    },
    2 * UP_MS,
  );

  it(
    'GIVEN a webhook that denies WHEN up runs THEN it names the object and says its words, nothing later is applied, and once it allows, up goes on',
    async () => {
      const stack = await newStack();
      const log = join(stack.project.folder, 'operations.log');
      const denied = bundle.objects.flatMap(({ manifest }) => (manifest.kind === 'ResourceQuota' ? [manifest] : []));
      expect(denied).not.toEqual([]);
      for (const quota of denied) await remove(client, `${collectionPath(quota)}/${quota.metadata.name}`);
      const webhook = await startDenyingWebhook('budget.example.org', 'resourcequotas', 'the budget is not approved');
      try {
        expect((await create(client, webhook.configuration)).status).toBe(201);
        const probe = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'probe', namespace: 'default' } };
        const asked = () => create(client, probe);
        expect((await eventually(asked, ({ status }) => status === 403)).message).toContain('not approved');
        const { code, errors } = await stack.run(UP, { ATELIER_STAND_IN_LOG: log });
        expect(code).not.toBe(0);
        expect(errors.join('\n')).toMatch(
          /ResourceQuota [a-z-]+\/quota: admission webhook "budget\.example\.org" denied the request: the budget is not approved/,
        );
        const steps = orderingPlan(bundle);
        const at = steps.findIndex(({ resources }) =>
          resources.map(plannedName).some((name) => name.startsWith('ResourceQuota/')),
        );
        const made = operationsIn(log).map((line) => line.replace('create ', ''));
        expect(made).toEqual(expect.arrayContaining([...namesIn(steps.slice(0, at))]));
        expect(made.filter((name) => namesIn(steps.slice(at + 1)).includes(name))).toEqual([]);
        expect((await stack.run(PREVIEW)).errors.join('\n')).toContain('the budget is not approved');
        webhook.allow();
        expect(await stack.run(UP)).toMatchObject({ code: 0, errors: [] });
        expect(await unlikeReviewed(client, bundle)).toEqual([]);
        expect(await stack.run(PREVIEW)).toMatchObject({ code: 0, changes: [], errors: [] });
      } finally {
        await remove(client, `${collectionPath(webhook.configuration)}/${webhook.configuration.metadata.name}`);
        webhook.stop();
      }
    },
    2 * UP_MS,
  );
});

describeWithClusters('pulumi up without a cloud (CLOUD-2)', () => {
  const cluster = 'pulumi-onprem';
  const definition = 'hierarchyconfigurations.hnc.x-k8s.io';
  const crdPath = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${definition}`;
  let bundle: Bundle;
  let client: ApiClient;
  let stack: Stack;
  beforeAll(async () => {
    bundle = await bundleOf('onprem');
    await startCluster(cluster, silent);
    client = await connectToCluster(cluster);
    await installModuleCrds(client, bundle, silent);
    stack = await makeStack(bundle, cluster, { variables: STATE_AT_END });
  });
  afterAll(() => {
    client.close();
    stack.project.remove();
  });

  interface Established {
    readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  }
  const established = async (): Promise<boolean | undefined> =>
    (await read<Established>(client, crdPath))?.status?.conditions?.some(
      ({ type, status }) => type === 'Established' && status === 'True',
    );

  it(
    'GIVEN a definition that is not established for a while, and a webhook that nobody answers yet WHEN up runs THEN it waits for the one, and names the other',
    async () => {
      const ours = bundle.objects.find(({ manifest }) => manifest.metadata.name === definition)?.manifest;
      if (ours === undefined) throw new Error(`onprem has no ${definition}`);
      // Another definition that has taken the kind: ours is not established before that one is gone.
      const text = JSON.stringify(ours).replaceAll('hierarchyconfigurations', 'others');
      expect((await create(client, JSON.parse(text) as Manifest)).status).toBe(201);
      const up = stack.start(UP);
      const seen = await eventually(established, (answer) => answer !== undefined);
      expect(seen).toBe(false);
      await sleep(1_000);
      expect(await established()).toBe(false);
      await remove(client, crdPath.replace('hierarchyconfigurations', 'others'));
      const { stdout, code } = await up.result;
      expect(code).not.toBe(0);
      expect(stdout).toMatch(/failed calling webhook \\"[a-z.-]+hnc\.x-k8s\.io\\"/);
      expect(await established()).toBe(true);
    },
    UP_MS,
  );

  it(
    'GIVEN the webhook answered WHEN up runs again THEN every object is as it was reviewed, and another preview changes nothing',
    async () => {
      await startHnc(cluster, bundle);
      expect(await stack.run(UP)).toMatchObject({ code: 0, errors: [] });
      expect(await unlikeReviewed(client, bundle)).toEqual([]);
      expect(await stack.run(PREVIEW)).toMatchObject({ code: 0, changes: [], errors: [] });
    },
    UP_MS,
  );
});
