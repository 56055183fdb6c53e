import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, BundleObject, Manifest } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { type AppliedEnvironment, applyEnvironment } from '../../lib/cluster/apply-environment.ts';
import { stopCluster } from '../../lib/cluster/down.ts';
import { stopProcess } from '../../lib/cluster/process.ts';
import { type ClusterState, clusterFolder, readState } from '../../lib/cluster/state.ts';
import { clusterStatus } from '../../lib/cluster/status.ts';
import { binaryPath } from '../../lib/cluster/toolchain.ts';
import { PROMETHEUS } from '../../lib/cluster/tools.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { HNC_NAMESPACE } from '../../lib/model/namespaces.ts';
import { bundleOf, withOutcome, withWarnings } from './environments.ts';
import { LOOPBACK, listenAddresses } from './listeners.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import { create, eventually } from './requests.ts';

const CONTROLLERS = ['hnc', 'kyverno', 'prometheus'];
const PROCESSES = ['hnc-manager', 'kyverno', 'prometheus'];
const CLUSTER = 'controllers';

function stateOf(name: string): ClusterState {
  const state = readState(clusterFolder(name));
  if (state === undefined) throw new Error(`no cluster ${name}`);
  return state;
}

/** Rules as an environment has them; one on what the API server says of itself, one that is true at once. */
const RULES: BundleObject = {
  phase: '70-monitoring',
  origin: { construct: 'test', path: 'monitoring' },
  manifest: {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'probe', namespace: 'monitoring' },
    spec: {
      groups: [
        {
          name: 'probe',
          rules: [
            { record: 'probe:requests:sum', expr: 'sum by (verb) (apiserver_request_total{job="apiserver"})' },
            { alert: 'KyvernoIsThere', expr: 'up{namespace="kyverno", service="kyverno-svc-metrics"} == 1' },
          ],
        },
      ],
    },
  },
};

async function query<T>(path: string): Promise<T> {
  const answer = await fetch(`http://127.0.0.1:${stateOf(CLUSTER).ports.prometheus}/api/v1/${path}`);
  return ((await answer.json()) as { readonly data: T }).data;
}

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

const instant = async (expression: string): Promise<readonly Sample[]> =>
  (await query<{ readonly result: readonly Sample[] }>(`query?query=${encodeURIComponent(expression)}`)).result;

/** What HNC and Kyverno have to refuse. */
async function refusals(client: ApiClient): Promise<readonly string[]> {
  const anchor: Manifest = {
    apiVersion: 'hnc.x-k8s.io/v1alpha2',
    kind: 'SubnamespaceAnchor',
    metadata: { name: 'probe', namespace: 'kube-public' },
  };
  const policy: Manifest = {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ValidatingPolicy',
    metadata: { name: 'probe' },
    spec: {
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
      },
      validations: [{ expression: 'this is no CEL' }],
    },
  };
  return [(await create(client, anchor)).message, (await createPolicy(client, policy)).message];
}

async function createPolicy(client: ApiClient, policy: Manifest): Promise<{ readonly message: string }> {
  const path = '/apis/policies.kyverno.io/v1/validatingpolicies?dryRun=All';
  const answer = await client.send({ method: 'POST', path, body: JSON.stringify(policy) });
  return { message: JSON.stringify(answer.body) };
}

describeWithClusters('an environment with its controllers (PROVE-5, MON-6)', () => {
  describe('prod', () => {
    let bundle: Bundle;
    let client: ApiClient;
    let first: AppliedEnvironment;
    beforeAll(async () => {
      const prod = await bundleOf('prod');
      bundle = { ...prod, objects: [...prod.objects, RULES] };
      await startCluster(CLUSTER, silent);
      client = await connectToCluster(CLUSTER);
      first = await applyEnvironment(CLUSTER, bundle, silent, CONTROLLERS);
    });
    afterAll(async () => {
      client.close();
      await stopCluster(CLUSTER, false);
    });

    /** Controllers may have something to write at first. */
    const applyUntilNothingChanges = (): Promise<AppliedEnvironment> =>
      eventually(
        () => applyEnvironment(CLUSTER, bundle, silent, CONTROLLERS),
        ({ applied }) => withOutcome(applied, 'changed').length === 0,
      );

    it('GIVEN all controllers WHEN it is applied THEN every object is in force, and a second time changes none', async () => {
      expect(first.running).toEqual(CONTROLLERS);
      expect(withOutcome(first.applied, 'refused', 'unknown', 'checked')).toEqual([]);
      expect(withWarnings(first.applied)).toEqual([]);
      const second = await applyUntilNothingChanges();
      expect(withOutcome(second.applied, 'created', 'changed', 'refused', 'unknown', 'checked')).toEqual([]);
    });

    it.skipIf(process.platform !== 'linux')('THEN every process listens on 127.0.0.1 and nowhere else', () => {
      const { processes } = stateOf(CLUSTER);
      expect(processes.map(({ name }) => name)).toEqual(expect.arrayContaining(PROCESSES));
      for (const { name, pid } of processes) {
        const addresses = listenAddresses(pid);
        expect(addresses.length, name).toBeGreaterThan(0);
        expect([...new Set(addresses)], name).toEqual([LOOPBACK]);
      }
    });

    it('THEN Prometheus scrapes what runs here, as ServiceMonitors say, and evaluates the rules', async () => {
      const up = await eventually(
        () => instant('up'),
        (samples) => samples.length >= 7 && samples.every(({ value }) => value[1] === '1'),
      );
      expect(up.filter(({ value }) => value[1] !== '1')).toEqual([]);
      expect(up.map(({ metric }) => metric.job)).toEqual(
        expect.arrayContaining(['apiserver', 'kube-scheduler', 'kube-etcd', 'kwok', 'hnc', 'kyverno-svc-metrics']),
      );
      const recorded = await eventually(
        () => instant('probe:requests:sum{verb="APPLY"}'),
        (samples) => samples.length > 0,
      );
      expect(Number(recorded[0]?.value[1])).toBeGreaterThan(100);
      const alerts = await eventually(
        async () => (await query<{ readonly alerts: readonly { readonly labels: unknown }[] }>('alerts')).alerts,
        (active) => active.length > 0,
      );
      expect(alerts.map(({ labels }) => labels)).toEqual([expect.objectContaining({ alertname: 'KyvernoIsThere' })]);
    });

    it('THEN promtool finds nothing wrong with what is generated', () => {
      const folder = join(clusterFolder(CLUSTER), 'prometheus');
      const promtool = (...args: readonly string[]): string =>
        execFileSync(binaryPath(PROMETHEUS, 'promtool'), [...args], { encoding: 'utf8', cwd: folder });
      expect(promtool('check', 'config', 'prometheus.yml')).toContain('is valid prometheus config file syntax');
      expect(readdirSync(join(folder, 'rules'))).toEqual(['monitoring-probe.yaml']);
      expect(promtool('check', 'rules', join('rules', 'monitoring-probe.yaml'))).toContain('2 rules found');
    });

    it('GIVEN a cluster that was stopped and kept WHEN it goes up THEN its controllers do their work again', async () => {
      client.close();
      await stopCluster(CLUSTER, true);
      await startCluster(CLUSTER, silent);
      client = await connectToCluster(CLUSTER);
      const { condition, components } = clusterStatus(CLUSTER) ?? {};
      expect(condition).toBe('running');
      expect(components?.map(({ name }) => name)).toEqual(expect.arrayContaining(PROCESSES));
      const [anchor, policy] = await refusals(client);
      expect(anchor).toContain('admission webhook "subnamespaceanchors.hnc.x-k8s.io" denied the request');
      expect(policy).toContain('kyverno');
      const again = await applyUntilNothingChanges();
      expect(withOutcome(again.applied, 'created', 'changed', 'refused', 'unknown', 'checked')).toEqual([]);
    });

    it('GIVEN a controller that was killed WHEN up is called THEN that one starts again, and the others go on', async () => {
      const before = stateOf(CLUSTER).processes;
      for (const each of before.filter(({ name }) => name === 'hnc-manager')) await stopProcess(each, 0);
      expect(clusterStatus(CLUSTER)?.condition).toBe('broken');
      await startCluster(CLUSTER, silent);
      const after = stateOf(CLUSTER).processes;
      const changed = after.filter(({ name, pid }) => before.find((each) => each.name === name)?.pid !== pid);
      expect(changed.map(({ name }) => name)).toEqual(['hnc-manager']);
      expect(clusterStatus(CLUSTER)?.condition).toBe('running');
    });
  });

  describe('faults', () => {
    afterAll(() => stopCluster('faulty', false));

    it('GIVEN a controller that dies while it starts WHEN apply fails THEN it says why, and up and apply work later', async () => {
      const good = await bundleOf('staging');
      const spoil = (object: BundleObject): BundleObject => {
        const { manifest } = object;
        if (manifest.kind !== 'Deployment' || manifest.metadata.namespace !== HNC_NAMESPACE) return object;
        const text = JSON.stringify(manifest).replace('--enable-hrq', '--no-such-flag');
        return { ...object, manifest: JSON.parse(text) as Manifest };
      };
      await startCluster('faulty', silent);
      const bad = applyEnvironment('faulty', { ...good, objects: good.objects.map(spoil) }, silent, ['hnc']);
      await expect(bad).rejects.toThrow(
        /HNC ended without a certificate\. .*\(flag provided but not defined: -no-such-flag\)/,
      );
      expect(clusterStatus('faulty')?.condition).toBe('running');
      expect((await startCluster('faulty', silent)).started).toBe(false);
      const { applied, running } = await applyEnvironment('faulty', good, silent, ['hnc']);
      expect(running).toEqual(['hnc']);
      expect(withOutcome(applied, 'refused', 'unknown', 'checked')).toEqual([]);
    });

    it('GIVEN a rule that Prometheus does not understand WHEN apply fails THEN it names the rule', async () => {
      const good = await bundleOf('staging');
      const bad = JSON.parse(JSON.stringify(RULES).replaceAll('sum by (verb)', 'sum by verb')) as BundleObject;
      const applied = applyEnvironment('faulty', { ...good, objects: [...good.objects, bad] }, silent, ['prometheus']);
      await expect(applied).rejects.toThrow(/prometheus ended while it started\.[\s\S]*monitoring-probe\.yaml/);
      expect(clusterStatus('faulty')?.condition).toBe('running');
    });
  });
});
