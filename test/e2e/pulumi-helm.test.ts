import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bundle, BundleRelease } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { clusterFolder } from '../../lib/cluster/state.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { orderingPlan, plannedName } from '../../lib/pulumi/ordering-plan.ts';
import { RELEASE_TYPE } from '../../lib/pulumi/resource-identity.ts';
import { readApplied } from '../../lib/verify/read-applied.ts';
import { verify } from '../../lib/verify/verify.ts';
import { describeWithHelm } from '../fixtures/helm.ts';
import { runHelm } from '../pulumi-engine/helm-program.ts';
import type { Variables } from '../pulumi-engine/pulumi-project.ts';
import { hookOf, writeEchoChart, writeEchoCharts } from './echo-chart.ts';
import { bundleOf } from './environments.ts';
import { forgetInterrupted, interruptedCreations } from './interrupted-creations.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import { unlikePlanned } from './planned-cloud.ts';
import {
  killUp,
  makeStack,
  operationsIn,
  type Stack,
  stateOf,
  UP,
  unlikeReviewed,
  withAnswers,
} from './pulumi-stack.ts';
import { read } from './requests.ts';

const CLUSTER = 'pulumi-helm';
/** An up on a busy machine. */
const UP_MS = 400_000;
const IN_USE = /cannot re-?use a name that is still in use/;

interface HelmHistory {
  readonly revision: number;
  readonly status: string;
}

describeWithHelm('pulumi up with the real helm (CLOUD-1, CLOUD-3)', (path) => {
  describeWithClusters('dev, with charts that tell what they were told', () => {
    let bundle: Bundle;
    let client: ApiClient;
    let stack: Stack;
    let charts: string;
    let log: string;
    beforeAll(async () => {
      charts = mkdtempSync(join(tmpdir(), 'atelier-charts-'));
      await startCluster(CLUSTER, silent);
      client = await connectToCluster(CLUSTER);
      stack = await makeStack(await bundleOf('dev'), CLUSTER, { charts });
      log = join(stack.project.folder, 'operations.log');
      // A database of its own, so that a value waits for what the cloud answers.
      edit("{ kind: 'sqlite' }", "{ kind: 'postgresql', password: { name: 'workbench-database', key: 'password' } }");
      edit("encryption: 'aws-keys'", "database: { multiZone: false }, encryption: 'aws-keys'");
      bundle = await bundleOf(stack.project.environmentFile('dev'));
      await writeEchoCharts(charts, bundle);
    });
    afterAll(() => {
      client.close();
      stack.project.remove();
      rmSync(charts, { recursive: true, force: true });
    });

    const edit = (before: string, after: string): void => {
      const file = stack.project.environmentFile('dev');
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(before);
      writeFileSync(file, text.replace(before, after));
    };
    const release = (name: string): BundleRelease => {
      const found = bundle.releases.find((each) => each.name === name);
      if (!found) throw new Error(`dev has no release ${name}`);
      return found;
    };
    const helm = (...words: readonly string[]) => runHelm(join(clusterFolder(CLUSTER), 'kubeconfig'), words, { path });
    const ask = async <T>(verb: string, { name, namespace }: BundleRelease): Promise<T | undefined> => {
      const { code, stdout } = await helm(...verb.split(' '), name, '--namespace', namespace, '--output', 'json');
      return code === 0 ? (JSON.parse(stdout) as T) : undefined;
    };
    const history = async (name: string): Promise<readonly string[]> =>
      ((await ask<readonly HelmHistory[]>('history', release(name))) ?? []).map(
        ({ revision, status }) => `${revision} ${status}`,
      );
    const up = () => stack.run(UP, { ATELIER_STAND_IN_LOG: log });
    /** Kills an up as soon as something is there, and takes its lock off. */
    const killWhen = async (isThere: () => boolean | Promise<boolean>, variables: Variables = {}): Promise<void> => {
      expect(await killUp(stack, isThere, { ATELIER_STAND_IN_LOG: log, ...variables })).toBe(true);
      expect((await stack.run(['cancel', '--yes'])).code).toBe(0);
    };

    it(
      'GIVEN a chart that refuses WHEN up runs THEN it fails in the words of the chart, and nothing of later phases is begun',
      async () => {
        await writeEchoChart(charts, bundle, release('kyverno'), '{{ fail "kyverno wants another day" }}');
        const { code, errors } = await up();
        expect(code).not.toBe(0);
        expect(errors.join('\n')).toContain('kyverno wants another day');
        expect(await history('kyverno')).toEqual([]);
        const later = orderingPlan(bundle).filter(({ phase }) => phase > release('kyverno').phase);
        const names = later.flatMap(({ resources }) => resources.map(plannedName));
        const begun = operationsIn(log).map((line) => line.replace('create ', ''));
        expect(begun).toContain('Namespace/kyverno');
        expect(begun.filter((name) => names.includes(name))).toEqual([]);
      },
      UP_MS,
    );

    it(
      'GIVEN a hook that fails WHEN up runs THEN it fails in the words of helm, and the release is there as failed',
      async () => {
        await writeEchoChart(charts, bundle, release('kyverno'), hookOf('post-install', 1));
        const { code, errors } = await up();
        expect(code).not.toBe(0);
        expect(errors.join('\n')).toMatch(/"kyverno\/kyverno" failed to initialize.*failed post-install:.*Job Failed/s);
        expect(await history('kyverno')).toEqual(['1 failed']);
      },
      UP_MS,
    );

    it(
      'GIVEN the hook mended WHEN up runs THEN the failed release is upgraded; killed while helm installs another, it leaves that one pending',
      async () => {
        await writeEchoChart(charts, bundle, release('kyverno'));
        await writeEchoChart(charts, bundle, release('workbench'), hookOf('pre-install'));
        await killWhen(async () => (await history('workbench')).length > 0);
        expect(await history('workbench')).toEqual(['1 pending-install']);
        expect(await history('kyverno')).toEqual(['1 superseded', '2 deployed']);
      },
      UP_MS,
    );

    it(
      'GIVEN a release that is pending, and one that Pulumi never heard of WHEN up runs THEN it names what is in use, until the one is uninstalled and the other imported',
      async () => {
        await writeEchoChart(charts, bundle, release('workbench'));
        expect((await up()).errors.join('\n')).toMatch(IN_USE);
        expect((await helm('uninstall', 'workbench', '--namespace', 'workbench')).code).toBe(0);
        const { namespace, name } = release('dcgm-exporter');
        const resource = `Release/${namespace}/${name}`;
        const isThere = () => operationsIn(log).includes(`create ${resource}`);
        await killWhen(isThere, { ATELIER_STAND_IN_MUTE: resource });
        expect(await history(name)).toEqual(['1 deployed']);
        expect((await up()).errors.join('\n')).toMatch(IN_USE);
        const provider = (await stateOf(stack)).find(({ urn }) => urn.includes('::pulumi:providers:kubernetes::'))?.urn;
        const words = ['--provider', `cluster=${provider}`, '--generate-code=false', '--protect=false', '--yes'];
        const imported = ['import', RELEASE_TYPE, resource, `${namespace}/${name}`, ...words];
        expect((await stack.start(imported).result).code).toBe(0);
        expect(await up()).toMatchObject({
          code: 0,
          errors: [],
          changes: expect.arrayContaining([`update ${resource}`]),
        });
      },
      2 * UP_MS,
    );

    it('THEN AWS has what the plan says, the cluster what was reviewed, and helm each release with exactly the values of the Bundle', async () => {
      const { differences, late } = verify(bundle, readApplied(await stack.exported(), 'state'));
      expect(differences).toEqual([]);
      expect(unlikePlanned(stack, bundle)).toEqual([]);
      expect(late.map(({ name }) => name)).toEqual(['database-host']);
      const answered = withAnswers(bundle, late);
      expect(JSON.stringify(answered.releases)).not.toContain('<late:');
      for (const each of answered.releases) {
        expect(await ask('status', each)).toMatchObject({ info: { status: 'deployed' } });
        expect((await ask('get values', each)) ?? {}, each.name).toEqual(each.values);
        expect(await ask('get metadata', each)).toMatchObject({ chart: each.chart.name, version: each.chart.version });
      }
      expect(await unlikeReviewed(client, answered)).toEqual([]);
    });

    it(
      'GIVEN creations that were interrupted WHEN the stack is exported and imported THEN it warns of them no more, and changes nothing',
      async () => {
        expect(await interruptedCreations(stack)).not.toEqual([]);
        await forgetInterrupted(stack);
        expect(await interruptedCreations(stack)).toEqual([]);
        expect(await up()).toMatchObject({ code: 0, changes: [], errors: [] });
      },
      UP_MS,
    );

    it(
      'GIVEN a value that changes, and an upgrade that is killed WHEN it is rolled back and up runs THEN that release alone has the new value',
      async () => {
        edit('policies: { replicas: 1,', 'policies: { replicas: 3,');
        await writeEchoChart(charts, bundle, release('kyverno'), hookOf('pre-upgrade'));
        await killWhen(async () => (await history('kyverno')).length > 2);
        expect(await history('kyverno')).toEqual(['1 superseded', '2 deployed', '3 pending-upgrade']);
        await writeEchoChart(charts, bundle, release('kyverno'));
        expect((await up()).errors.join('\n')).toMatch(/another operation .* is in progress/);
        expect((await helm('rollback', 'kyverno', '--namespace', 'kyverno')).code).toBe(0);
        expect(await up()).toMatchObject({ code: 0, errors: [], changes: ['update Release/kyverno/kyverno'] });
        expect(await ask('get values', release('kyverno'))).toMatchObject({ admissionController: { replicas: 3 } });
        const path = '/api/v1/namespaces/kyverno/configmaps/kyverno-echo';
        const told = (await read<{ readonly data: Readonly<Record<string, string>> }>(client, path))?.data[
          'values.json'
        ];
        expect(JSON.parse(told ?? '')).toMatchObject({ admissionController: { replicas: 3 } });
      },
      2 * UP_MS,
    );

    it(
      'WHEN the stack is destroyed THEN helm knows no release any more, and nothing is left in AWS',
      async () => {
        expect((await stack.run(['state', 'unprotect', '--all', '--yes'])).code).toBe(0);
        expect(await stack.run(['destroy', '--yes', '--skip-preview', '--json'])).toMatchObject({
          code: 0,
          errors: [],
        });
        expect((await helm('list', '--all-namespaces', '--output', 'json')).stdout.trim()).toBe('[]');
        expect(stack.cloud()).toEqual([]);
      },
      UP_MS,
    );
  });
});
