import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPolicies } from '../../lib/admission/read-policies.ts';
import type { Bundle, Manifest } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { applyEnvironment } from '../../lib/cluster/apply-environment.ts';
import { stopCluster } from '../../lib/cluster/down.ts';
import { stopProcess } from '../../lib/cluster/process.ts';
import { clusterFolder, readState } from '../../lib/cluster/state.ts';
import { startCluster } from '../../lib/cluster/up.ts';
import { synthesize } from '../../stacks/synth.ts';
import { platformOf } from '../fixtures/environment.ts';
import { answeredByKyverno, CORPUS, corpusInput, corpusSetup } from '../policies/corpus.ts';
import { replay } from '../policies/replay.ts';
import { applyAll, corpusClient, untilRefused, wrongVerdicts } from './corpus-cluster.ts';
import { compareVerdicts } from './evaluator-agreement.ts';
import { describeWithClusters, silent } from './local-cluster.ts';
import { create, eventually, list, patch, read, remove } from './requests.ts';

const CLUSTER = 'kyverno';
const ADMISSION = '/apis/admissionregistration.k8s.io/v1';

/** The policies of the corpus's environment, with the namespaces and definitions that they speak of, and Kyverno. */
function policiesOf(): Bundle {
  const synthesis = synthesize(corpusInput());
  if (synthesis.kind === 'invalid') throw new Error(JSON.stringify(synthesis.problems));
  const { bundle } = synthesis;
  const wanted = ({ phase, manifest }: Bundle['objects'][number]): boolean =>
    phase === '00-crds' || phase === '30-policies' || manifest.kind === 'Namespace';
  return { ...bundle, objects: bundle.objects.filter(wanted) };
}

describeWithClusters('policies with the real Kyverno (POL-1, POL-2, POL-3, POL-5, PROVE-5)', () => {
  const platform = platformOf(corpusInput());
  const bundle = policiesOf();
  const backstops = bundle.objects
    .map(({ manifest }) => manifest)
    .filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
  let client: ApiClient;
  beforeAll(async () => {
    await startCluster(CLUSTER, silent);
    client = await connectToCluster(CLUSTER);
    await applyAll(client, corpusSetup(platform));
    await applyEnvironment(CLUSTER, bundle, silent, ['kyverno']);
  });
  afterAll(async () => {
    client.close();
    await stopCluster(CLUSTER, false);
  });

  it('GIVEN the policies WHEN they are applied THEN Kyverno calls each ready', async () => {
    const policies = await list(client, '/apis/policies.kyverno.io/v1/validatingpolicies');
    expect(policies.length).toBeGreaterThanOrEqual(4);
    for (const { metadata, status } of policies) {
      expect(status, metadata.name).toMatchObject({ conditionStatus: { ready: true } });
    }
  });

  it('GIVEN Kyverno alone WHEN the corpus is sent THEN no bad request is admitted, no good one refused, the policy says why, and preview’s evaluator agrees', async () => {
    for (const { metadata } of backstops) {
      await remove(client, `${ADMISSION}/validatingadmissionpolicybindings/${metadata.name}`);
    }
    const corpus = answeredByKyverno(platform);
    expect(corpus.filter(({ refusedBy }) => refusedBy !== undefined).length).toBeGreaterThan(20);
    // Until the API server has seen that its own policies are gone, they answer first.
    const refused = corpus.filter(({ refusedBy, update }) => refusedBy !== undefined && update === undefined);
    const byOthers = async (): Promise<readonly string[]> =>
      (await replay(corpusClient(client), refused)).flatMap(({ answer: { message } }) =>
        message.startsWith('admission webhook "vpol.validate.kyverno.svc-fail') ? [] : [message],
      );
    expect(await eventually(byOthers, (messages) => messages.length === 0)).toEqual([]);
    expect(await wrongVerdicts(client, corpus)).toEqual([]);
    const evaluated = readPolicies(bundle).filter(({ engine }) => engine === 'kyverno');
    const agreement = compareVerdicts(await replay(corpusClient(client), corpus), evaluated, corpusSetup(platform));
    expect(agreement).toEqual({ compared: corpus.length, undecided: 0, disagreements: [] });
  });

  it('GIVEN Kyverno alone WHEN an exception lies outside the one namespace that counts THEN it does not count', async () => {
    const [refused] = answeredByKyverno(platform).filter(
      ({ refusedBy, update }) => refusedBy === 'pod-ceiling' && !update,
    );
    if (refused === undefined) throw new Error('the corpus has no pod above the ceiling');
    const exception = (namespace: string): Manifest => ({
      apiVersion: 'policies.kyverno.io/v1',
      kind: 'PolicyException',
      metadata: { name: 'sly', namespace },
      spec: { policyRefs: [{ name: 'pod-ceiling', kind: 'ValidatingPolicy' }] },
    });
    const exceptionPath = (namespace: string): string =>
      `/apis/policies.kyverno.io/v1/namespaces/${namespace}/policyexceptions/sly`;
    const own = refused.object.metadata.namespace ?? '';
    await create(client, exception(own));
    const status = async (): Promise<number | undefined> =>
      (await replay(corpusClient(client), [refused]))[0]?.answer.status;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await status()).toBeGreaterThanOrEqual(400);
    const { exceptionsNamespace } = platform.environment.policies;
    expect((await create(client, exception(exceptionsNamespace))).status).toBe(201);
    // Kyverno may look at the policy again before its list of exceptions is as it is now (lib/cluster/apply.ts); it looks
    // once more when an exception changes.
    const settled = async (admitted: boolean, nudge: (attempt: number) => Promise<unknown>): Promise<boolean> => {
      const isSo = (answer: number | undefined): boolean => (answer === 201) === admitted;
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        if (isSo(await eventually(status, isSo, 10))) return true;
        await nudge(attempt);
      }
      return isSo(await eventually(status, isSo, 10));
    };
    const touched = (attempt: number): Promise<unknown> =>
      patch(client, exceptionPath(exceptionsNamespace), {
        metadata: { annotations: { 'example.com/attempt': String(attempt) } },
      });
    expect(await settled(true, touched)).toBe(true);
    for (const namespace of [exceptionsNamespace, own]) await remove(client, exceptionPath(namespace));
    const madeAgain = async (): Promise<void> => {
      await create(client, exception(own));
      await remove(client, exceptionPath(own));
    };
    expect(await settled(false, madeAgain)).toBe(true);
  });

  it('GIVEN Kyverno and the API server WHEN the corpus is sent THEN both agree', async () => {
    await applyAll(client, backstops);
    await untilRefused(client, CORPUS);
    expect(await wrongVerdicts(client, CORPUS)).toEqual([]);
  });

  it('GIVEN Kyverno gone WHEN the corpus is sent THEN nothing bad is admitted, and good pods wait for it only where it is asked', async () => {
    for (const process of readState(clusterFolder(CLUSTER))?.processes ?? []) {
      if (process.name === 'kyverno') await stopProcess(process, 10_000);
    }
    expect(
      await read(client, `${ADMISSION}/validatingwebhookconfigurations/kyverno-resource-validating-webhook-cfg`),
    ).toBeDefined();
    // Without those that change a pod, which cannot even be made now.
    const corpus = CORPUS.filter(({ object, update }) => update === undefined || object.kind === 'Namespace');
    const verdicts = await replay(corpusClient(client), corpus);
    const admitted = verdicts.filter(
      ({ case: { refusedBy }, answer }) => refusedBy !== undefined && answer.status < 300,
    );
    expect(admitted.map(({ case: { title } }) => title)).toEqual([]);
    const held = verdicts.filter(({ case: { refusedBy }, answer }) => refusedBy === undefined && answer.status >= 400);
    expect(held.length).toBeGreaterThan(0);
    for (const { answer } of held) expect(answer.message).toMatch(/failed calling webhook .*kyverno/);
    const asked = answeredByKyverno(platform).map(({ title }) => title);
    expect(asked).toEqual(expect.arrayContaining(held.map(({ case: { title } }) => title)));
  });

  it('GIVEN Kyverno gone and its webhooks removed WHEN the corpus is sent THEN the API server alone answers as both did', async () => {
    for (const kind of ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations']) {
      for (const { metadata } of await list(client, `${ADMISSION}/${kind}`)) {
        if (metadata.name.startsWith('kyverno-')) await remove(client, `${ADMISSION}/${kind}/${metadata.name}`);
      }
    }
    await eventually(
      () => wrongVerdicts(client, answeredByKyverno(platform).slice(0, 5)),
      (wrong) => wrong.length === 0,
    );
    expect(await wrongVerdicts(client, CORPUS)).toEqual([]);
  });
});
