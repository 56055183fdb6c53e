import { expect, it } from 'vitest';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import { type ApiClient, messageOf } from '../../lib/cluster/api-client.ts';
import { applyObject } from '../../lib/cluster/apply-object.ts';
import { discoverKinds } from '../../lib/cluster/discovery.ts';
import { AdmissionPolicies } from '../../lib/policies/admission-policies.ts';
import { HncCrds } from '../../lib/tenancy/hnc-crds.ts';
import { platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';
import { CORPUS, corpusInput, corpusSetup } from '../policies/corpus.ts';
import { type ApiClient as CorpusClient, replay } from '../policies/replay.ts';
import { describeWithClusters, withCluster } from './local-cluster.ts';

const IN_FORCE_TIMEOUT_MS = 60_000;

function corpusClient(client: ApiClient): CorpusClient {
  return async ({ method, path, body, contentType, as }) => {
    const answer = await client.send({
      method,
      path,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(contentType === undefined ? {} : { contentType }),
      ...(as === undefined ? {} : { as }),
    });
    return { status: answer.status, message: messageOf(answer) };
  };
}

async function applyAll(client: ApiClient, manifests: readonly Manifest[]): Promise<void> {
  const kinds = await discoverKinds(client);
  for (const manifest of manifests) {
    const { outcome } = await applyObject(client, kinds, manifest);
    const { kind } = outcome;
    if (kind === 'refused' || kind === 'unknown')
      throw new Error(`${JSON.stringify(outcome)}: ${manifest.kind} ${manifest.metadata.name}`);
  }
}

/** The API server reads policies by watching them: each is in force once a request of its own is refused. */
async function untilInForce(client: ApiClient): Promise<void> {
  const rules = new Set(CORPUS.flatMap(({ refusedBy }) => refusedBy ?? []));
  const samples = [...rules].flatMap(
    (rule) => CORPUS.find(({ refusedBy, update }) => refusedBy === rule && !update) ?? [],
  );
  for (const end = Date.now() + IN_FORCE_TIMEOUT_MS; Date.now() < end; ) {
    const verdicts = await replay(corpusClient(client), samples);
    if (verdicts.every(({ answer }) => answer.status >= 400)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** What the controller found when it checked the types of each policy's expressions. */
async function typeWarnings(client: ApiClient): Promise<readonly string[]> {
  for (const end = Date.now() + IN_FORCE_TIMEOUT_MS; ; ) {
    const path = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
    const { items } = (await client.send({ method: 'GET', path })).body as {
      items: {
        metadata: { name: string; generation: number };
        status?: { observedGeneration?: number; typeChecking?: { expressionWarnings?: { warning: string }[] } };
      }[];
    };
    const checked = items.every(({ metadata, status }) => status?.observedGeneration === metadata.generation);
    if (checked || Date.now() > end) {
      return items.flatMap(({ metadata, status }) =>
        checked
          ? (status?.typeChecking?.expressionWarnings ?? []).map(({ warning }) => `${metadata.name}: ${warning}`)
          : [`${metadata.name}: was not checked`],
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describeWithClusters('policies on a real API server (POL-1, POL-2, POL-3, POL-5)', () => {
  it('GIVEN the bypass corpus WHEN it is sent THEN no bad request is admitted and no good one is refused', async () => {
    const platform = platformOf(corpusInput());
    const { objects } = synthesize((scope) => new AdmissionPolicies(scope, 'policies', { platform }));
    const policies = objects
      .map(({ manifest }) => manifest)
      .filter(({ kind }) => kind.startsWith('ValidatingAdmissionPolicy'));
    await withCluster('policies', async (client) => {
      const crds = synthesize((scope) => new HncCrds(scope, 'crds', { platform })).objects;
      await applyAll(
        client,
        crds.map(({ manifest }) => manifest),
      );
      await applyAll(client, corpusSetup(platform));
      await applyAll(client, policies);
      await untilInForce(client);
      const verdicts = await replay(corpusClient(client), CORPUS);
      const wrong = verdicts.flatMap(({ case: { title }, wrong: reason, answer }) =>
        reason === undefined ? [] : [`${title}: ${reason}: ${answer.message}`],
      );
      expect(wrong).toEqual([]);
      expect(verdicts).toHaveLength(CORPUS.length);
      expect(await typeWarnings(client)).toEqual([]);
    });
  });
});
