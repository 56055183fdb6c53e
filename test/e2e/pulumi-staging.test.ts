import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { readApplied } from '../../lib/verify/read-applied.ts';
import { verify } from '../../lib/verify/verify.ts';
import { describeWithHelm } from '../fixtures/helm.ts';
import { writeEchoCharts } from './echo-chart.ts';
import { bundleOf } from './environments.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import { unlikePlanned } from './planned-cloud.ts';
import { makeStack, PREVIEW, STATE_AT_END, type Stack, startHnc, UP, unlikeReviewed } from './pulumi-stack.ts';

const CLUSTER = 'pulumi-staging';
/** What EKS holds of a node group's sizes. */
interface GroupSizes {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredSize: number;
}

/** An up on a busy machine. */
const UP_MS = 400_000;

describeWithHelm('pulumi up of node groups with cluster-autoscaler, and of charts (CLOUD-1, CLOUD-3)', () => {
  describeWithClusters('staging, from nothing to nothing', () => {
    let bundle: Bundle;
    let client: ApiClient;
    let stack: Stack;
    let charts: string;
    beforeAll(async () => {
      bundle = await bundleOf('staging');
      charts = mkdtempSync(join(tmpdir(), 'atelier-charts-'));
      await startCluster(CLUSTER, silent);
      client = await connectToCluster(CLUSTER);
      await writeEchoCharts(charts, bundle);
      await startHnc(CLUSTER, bundle);
      stack = await makeStack(bundle, CLUSTER, { charts, variables: STATE_AT_END });
    });
    afterAll(() => {
      client.close();
      stack.project.remove();
      rmSync(charts, { recursive: true, force: true });
    });

    it(
      'WHEN up runs THEN AWS has what the plan says, the cluster what was reviewed, and verify finds no difference',
      async () => {
        expect(await stack.run(UP)).toMatchObject({ code: 0, errors: [] });
        expect(unlikePlanned(stack, bundle)).toEqual([]);
        const { differences, compared } = verify(bundle, readApplied(await stack.exported(), 'state'));
        expect(differences).toEqual([]);
        expect(compared).toEqual({ objects: bundle.objects.length, releases: bundle.releases.length });
        expect(await unlikeReviewed(client, bundle)).toEqual([]);
      },
      UP_MS,
    );

    it(
      'WHEN up runs again THEN it changes nothing',
      async () => {
        expect(await stack.run(UP)).toMatchObject({ code: 0, changes: [], errors: [] });
      },
      UP_MS,
    );

    it(
      'GIVEN a group that cluster-autoscaler has scaled WHEN its pool may grow larger THEN EKS is told the size of now, and nothing before',
      async () => {
        const scaled = stack.cloud().find(({ inputs }) => String(inputs.nodeGroupName).startsWith('cpu-'));
        if (!scaled) throw new Error('staging has no node group of pool cpu');
        const sizes = scaled.inputs.scalingConfig as GroupSizes;
        stack.changeInCloud(scaled, { ...scaled.inputs, scalingConfig: { ...sizes, desiredSize: 2 } });
        expect(await stack.run(PREVIEW)).toMatchObject({ code: 0, changes: [], errors: [] });
        const file = stack.project.environmentFile('staging');
        const text = readFileSync(file, 'utf8');
        const larger = text.replace(/(name: 'cpu',[\s\S]*?max: )4,/, '$18,');
        expect(larger).not.toBe(text);
        writeFileSync(file, larger);
        const { code, changes, errors } = await stack.run(UP);
        expect([code, errors]).toEqual([0, []]);
        expect(changes).toContain(`update ${scaled.urn.split('::').at(-1)}`);
        const now = stack.cloud().find(({ urn }) => urn === scaled.urn)?.inputs.scalingConfig as GroupSizes;
        expect(now).toEqual({ ...sizes, maxSize: now.maxSize, desiredSize: 2 });
        expect(now.maxSize).toBeGreaterThan(sizes.maxSize);
        expect(await stack.run(PREVIEW)).toMatchObject({ code: 0, changes: [], errors: [] });
      },
      UP_MS,
    );

    it(
      'GIVEN the protection taken off WHEN it is destroyed THEN nothing is left in AWS',
      async () => {
        expect((await stack.run(['state', 'unprotect', '--all', '--yes'])).code).toBe(0);
        const destroyed = await stack.run(['destroy', '--yes', '--skip-preview', '--json']);
        expect(destroyed).toMatchObject({ code: 0, errors: [] });
        expect(stack.cloud()).toEqual([]);
      },
      UP_MS,
    );
  });
});
