import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { stopCluster } from '../../lib/cluster/down.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { readApplied } from '../../lib/verify/read-applied.ts';
import { verify } from '../../lib/verify/verify.ts';
import { describeWithHelm } from '../fixtures/helm.ts';
import { writeEchoCharts } from './echo-chart.ts';
import { bundleOf } from './environments.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import { makeStack, type Stack, startHnc, UP, unlikeReviewed } from './pulumi-stack.ts';

/** An up on a busy machine. */
const UP_MS = 400_000;

/** How often something of a type is in AWS, of the types of interest. */
const countOf = (stack: Stack, type: string): number =>
  stack.cloud().filter(({ token }) => token.endsWith(`:${type}`)).length;

/** Entries of the cloud plan of one kind. */
const planned = ({ cloud }: Bundle, kind: string): number => cloud.filter((each) => each.kind === kind).length;

/** What one entry of a plan becomes, beside whatever belongs to it. */
const TYPES: Readonly<Record<string, string>> = {
  vpc: 'Vpc',
  'eks-cluster': 'Cluster',
  'eks-add-on': 'Addon',
  'eks-managed-node-group': 'NodeGroup',
  'eks-pod-identity': 'PodIdentityAssociation',
  'efs-file-system': 'FileSystem',
  'interruption-queue': 'Queue',
  'kms-key': 'Key',
};

describeWithHelm('pulumi up of an environment with its cloud and its charts (CLOUD-1, CLOUD-3)', () => {
  describeWithClusters('from nothing to nothing', () => {
    describe.each(['staging', 'dev'])('%s', (environment) => {
      const cluster = `pulumi-${environment}-cloud`;
      let bundle: Bundle;
      let client: ApiClient;
      let stack: Stack;
      let charts: string;
      beforeAll(async () => {
        bundle = await bundleOf(environment);
        charts = mkdtempSync(join(tmpdir(), 'atelier-charts-'));
        await startCluster(cluster, silent);
        client = await connectToCluster(cluster);
        await writeEchoCharts(charts, bundle);
        await startHnc(cluster, bundle);
        stack = await makeStack(bundle, cluster, charts);
      });
      afterAll(async () => {
        client.close();
        stack.project.remove();
        await stopCluster(cluster, false);
        rmSync(charts, { recursive: true, force: true });
      });

      it(
        'WHEN up runs THEN AWS has what the plan says, the cluster what was reviewed, and verify finds no difference',
        async () => {
          expect(await stack.run(UP)).toMatchObject({ code: 0, errors: [] });
          for (const [kind, type] of Object.entries(TYPES)) {
            expect(countOf(stack, type), kind).toBe(planned(bundle, kind));
          }
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
});
