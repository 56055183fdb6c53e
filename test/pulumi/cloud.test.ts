import { output, runtime, secret } from '@pulumi/pulumi';
import { afterEach, describe, expect, it } from 'vitest';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import { lateValue } from '../../lib/core/late-value.ts';
import { listEnvironments } from '../../lib/loader/find.ts';
import { bindBundle } from '../../lib/pulumi/bind.ts';
import { KUBERNETES_PLUGIN_VERSION } from '../../lib/pulumi/kubernetes-provider.ts';
import { orderingPlan, plannedName } from '../../lib/pulumi/ordering-plan.ts';
import { objectIdentity, releaseIdentity } from '../../lib/pulumi/resource-identity.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { type Deployed, deploy } from '../../stacks/cloud.ts';
import { bundleOf } from '../e2e/environments.ts';
import { CloudDouble } from './cloud-double.ts';
import { type Registration, recordProgram } from './record-program.ts';

const byName = (registrations: readonly Registration[]): ReadonlyMap<string, Registration> =>
  new Map(registrations.map((each) => [each.name, each]));

/** What the Kubernetes half registers; a cloud that makes the cluster comes before it. */
const ofKubernetes = (registrations: readonly Registration[]): readonly Registration[] =>
  registrations.filter(({ type, name }) => !/^(aws|atelier|pulumi:providers):/.test(type) || name === 'cluster');

/** Data as it is sent, with the cloud's answers where it waits for them. */
function sent(value: unknown, registrations: readonly Registration[]): JsonObject {
  const one = (type: string): Registration | undefined => registrations.find((each) => each.type === type);
  const text = JSON.stringify(value)
    .replaceAll(lateValue('homes-file-system-id'), `${one('aws:efs/fileSystem:FileSystem')?.name}`)
    .replaceAll(lateValue('database-host'), `${one('aws:rds/instance:Instance')?.inputs.identifier}.example.org`);
  return JSON.parse(text);
}

/** What a secret is on the wire: a map with this key. */
const SIGNATURE = '4dabf18193072939515e22adb298388d';

type Recorded = Awaited<ReturnType<typeof recordProgram<Deployed>>>;
const recorded = new Map<string, Promise<Recorded>>();

/** What the program registers for an environment; once for all tests, because production takes a second. */
function registered(environment: string): Promise<Recorded> {
  const run = recorded.get(environment) ?? recordProgram(environment, deploy);
  recorded.set(environment, run);
  return run;
}

describe('the program of pulumi up (CLOUD-2, CLOUD-3)', () => {
  afterEach(() => runtime.setAllConfig({}));

  it.each(listEnvironments().map(({ name }) => name))(
    'GIVEN stack %s WHEN the program runs THEN it registers every object and release of the Bundle as they are, and nothing else',
    async (environment) => {
      const bundle = await bundleOf(environment);
      const { registrations, outputs } = await registered(environment);
      const kubernetes = ofKubernetes(registrations);
      const found = byName(kubernetes);
      for (const { manifest } of bundle.objects) {
        const { type, name } = objectIdentity(manifest);
        expect(found.get(name)).toMatchObject({ type, inputs: sent(manifest, registrations) });
      }
      for (const release of bundle.releases) {
        const { chart, values } = release;
        expect(found.get(releaseIdentity(release).name)?.inputs).toMatchObject({
          name: release.name,
          namespace: release.namespace,
          version: chart.version,
          values: sent(values, registrations),
        });
      }
      const steps = orderingPlan(bundle);
      const milestones = steps.length + (found.has('order/cloud') ? 1 : 0);
      expect(kubernetes).toHaveLength(1 + bundle.objects.length + bundle.releases.length + milestones);
      expect(found.size).toBe(kubernetes.length);
      expect(outputs?.reviewed).toContain(`dist/${environment}`);
      // No Output was printed into a text by accident.
      expect(JSON.stringify(registrations)).not.toMatch(/Calling \[to(String|JSON)\]|\[object Object\]|<late:/);
    },
  );

  it('GIVEN prod WHEN it is registered THEN each step is registered after the one before, and deleted before it', async () => {
    const steps = orderingPlan(await bundleOf('prod'));
    const { registrations } = await registered('prod');
    const order = steps.flatMap(({ name, resources }) => [...resources.map(plannedName).sort(), `order/${name}`]);
    const sorted: string[] = [];
    const kubernetes = ofKubernetes(registrations);
    let rest = kubernetes.map(({ name }) => name).filter((name) => name !== 'cluster' && name !== 'order/cloud');
    for (const { name } of steps) {
      const end = rest.indexOf(`order/${name}`);
      sorted.push(...rest.slice(0, end).sort(), `order/${name}`);
      rest = rest.slice(end + 1);
    }
    expect(sorted).toEqual(order);
    // The engine deletes the deepest first.
    const urns = new Map(registrations.map(({ urn, dependencies }) => [urn, dependencies]));
    const depth = (urn: string): number => Math.max(-1, ...(urns.get(urn) ?? []).map(depth)) + 1;
    const found = byName(registrations);
    const cloud = depth(found.get('order/cloud')?.urn ?? '') + 1;
    steps.forEach(({ resources }, index) => {
      for (const resource of resources) expect(depth(found.get(plannedName(resource))?.urn ?? '')).toBe(cloud + index);
    });
  });

  it('GIVEN prod WHEN it is registered THEN there is one way from each resource through all it depends on', async () => {
    const { registrations } = await registered('prod');
    const own = ofKubernetes(registrations).filter(({ name }) => name !== 'cluster' && name !== 'order/cloud');
    // Beside the milestone some wait for a late value.
    for (const { dependencies } of own) {
      expect(dependencies.filter((urn) => !urn.includes('::atelier:aws')).length).toBeLessThanOrEqual(1);
    }
  });

  it('GIVEN prod WHEN it is registered THEN only people’s files are protected, and they, namespaces and definitions stay', async () => {
    const registrations = ofKubernetes((await registered('prod')).registrations);
    const kinds = (of: (each: Registration) => boolean): readonly string[] =>
      [...new Set(registrations.filter(of).map(({ name }) => name.split('/')[0] ?? ''))].sort();
    expect(kinds(({ protect }) => protect)).toEqual(['PersistentVolume', 'PersistentVolumeClaim']);
    expect(kinds(({ retainOnDelete }) => retainOnDelete)).toEqual([
      'CustomResourceDefinition',
      'HNCConfiguration',
      'Namespace',
      'PersistentVolume',
      'PersistentVolumeClaim',
    ]);
    const kept = registrations.filter(({ name }) => /^(Namespace|PersistentVolume)/.test(name));
    expect(kept.every(({ retainOnDelete }) => retainOnDelete)).toBe(true);
  });

  it('GIVEN releases WHEN they are registered THEN the chart is found as its repository says, and the last phases are not waited for', async () => {
    const found = byName((await registered('prod')).registrations);
    expect(found.get('Release/kube-system/karpenter')?.inputs).toMatchObject({
      chart: 'oci://public.ecr.aws/karpenter/karpenter',
      skipAwait: false,
    });
    expect(found.get('Release/kube-system/karpenter')?.inputs.repositoryOpts).toBeUndefined();
    expect(found.get('Release/workbench/workbench')?.inputs).toMatchObject({
      chart: 'rstudio-workbench',
      repositoryOpts: { repo: 'https://helm.rstudio.com' },
      skipAwait: true,
    });
  });

  it('CLOUD-3: GIVEN a cluster of its own WHEN releases are registered THEN none whose pods need a Secret by hand is waited for', async () => {
    const found = byName((await registered('dev')).registrations);
    const skipped = (name: string): unknown => found.get(`Release/${name}`)?.inputs.skipAwait;
    // Grafana asks for its Secret in a namespace that the same `up` makes; the rest of the phase must answer.
    expect(skipped('monitoring/kube-prometheus-stack')).toBe(true);
    expect(skipped('kyverno/kyverno')).toBe(false);
    expect(skipped('kube-system/aws-load-balancer-controller')).toBe(false);
  });

  it('GIVEN a Secret WHEN it is registered THEN what it holds is secret on the way and in the state', async () => {
    const bundle = await bundleOf('onprem');
    const manifest = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'x', namespace: 'default' },
      stringData: { key: 'value' },
    };
    const [first] = bundle.objects;
    if (!first) throw new Error('onprem has no objects');
    const { registrations } = await recordProgram('onprem', () =>
      bindBundle({ ...bundle, objects: [{ ...first, manifest }] }, { access: { cluster: 'c' } }),
    );
    const { stringData, metadata } = byName(registrations).get('Secret/default/x')?.inputs ?? {};
    expect(stringData).toMatchObject({ [SIGNATURE]: expect.any(String), value: { key: 'value' } });
    expect(metadata).toEqual(manifest.metadata);
  });

  it('GIVEN a kubeconfig and a context in the configuration THEN the provider gets them, the former as a secret', async () => {
    runtime.setAllConfig({ 'atelier:kubeconfig': 'apiVersion: v1', 'atelier:context': 'admin' });
    const { inputs } = byName((await recordProgram('onprem', deploy)).registrations).get('cluster') ?? {};
    expect(inputs).toMatchObject({
      kubeconfig: { [SIGNATURE]: expect.any(String), value: 'apiVersion: v1' },
      context: 'admin',
      clusterIdentifier: 'ds-onprem',
      enableServerSideApply: 'true',
      upsertExistingObjects: 'true',
    });
  });

  it('GIVEN a stack that is no environment, or one with errors WHEN the program runs THEN it says all that is wrong, without a stack trace', async () => {
    await expect(recordProgram('prd', deploy)).rejects.toThrow(/prd.*neither a file nor an environment.*"prod"/s);
    await expect(recordProgram('test/fixtures/broken-environment.yaml', deploy)).rejects.toThrow(
      /is not applied:\n.*cluster.*\n.*nodePools/s,
    );
    const error = await recordProgram('prd', deploy).catch((reason: unknown) => reason);
    expect((error as Error).constructor.name).toBe('RunError');
  });

  it('THEN the plugin is the one whose package is installed', () => {
    expect(packageJson.dependencies['@pulumi/kubernetes']).toBe(KUBERNETES_PLUGIN_VERSION);
  });
});

describe('a cloud that makes the cluster (CLOUD-3)', () => {
  const waiting = async (): Promise<Bundle> => {
    const bundle = await bundleOf('onprem');
    const text = JSON.stringify(bundle.objects).replaceAll('nas.ds.example.org', lateValue('homes-file-system-id'));
    return { ...bundle, objects: JSON.parse(text), lateValues: ['homes-file-system-id'] };
  };

  it('GIVEN late values and a cloud WHEN it is bound THEN they are resolved, and nothing is applied before the cloud is there', async () => {
    const bundle = await waiting();
    const { registrations } = await recordProgram('onprem', () => {
      const cloud = new CloudDouble('cloud', {
        kubeconfig: secret('apiVersion: v1'),
        lateValues: { 'homes-file-system-id': output('fs-1') },
      });
      return bindBundle(bundle, { access: { cluster: 'c', kubeconfig: cloud.kubeconfig }, cloud });
    });
    const found = byName(registrations);
    expect(JSON.stringify(found.get('PersistentVolume/workbench-homes')?.inputs)).toContain('"server":"fs-1"');
    expect(JSON.stringify(registrations)).not.toContain('<late:');
    expect(found.get('order/cloud')?.dependencies).toEqual([found.get('node-group')?.urn]);
    const first = registrations.find(({ name }) => name.startsWith('CustomResourceDefinition/'));
    expect(first?.dependencies).toEqual([found.get('order/cloud')?.urn]);
    expect(found.get('cluster')?.inputs.kubeconfig).toMatchObject({ value: 'apiVersion: v1' });
  });

  it('GIVEN late values and no cloud WHEN it is bound THEN nothing is registered, and it says what waits for which', async () => {
    const bundle = await waiting();
    await expect(recordProgram('onprem', () => bindBundle(bundle, { access: { cluster: 'c' } }))).rejects.toThrow(
      /PersistentVolume\/workbench-homes waits for "homes-file-system-id"/,
    );
  });
});
