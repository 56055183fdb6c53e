import { expect, it } from 'vitest';
import { readPolicies } from '../../lib/admission/read-policies.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { AdmissionPolicies } from '../../lib/policies/admission-policies.ts';
import { HncCrds } from '../../lib/tenancy/hnc-crds.ts';
import { platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';
import { CORPUS, corpusInput, corpusSetup } from '../policies/corpus.ts';
import { replay } from '../policies/replay.ts';
import { applyAll, corpusClient, untilRefused, wrongVerdicts } from './corpus-cluster.ts';
import { compareVerdicts } from './evaluator-agreement.ts';
import { describeWithClusters, withCluster } from './local-cluster.ts';

const IN_FORCE_TIMEOUT_MS = 150_000;

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
  it('GIVEN the bypass corpus WHEN it is sent THEN no bad request is admitted, no good one is refused, and preview’s evaluator agrees with every verdict', async () => {
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
      await untilRefused(client, CORPUS);
      expect(await wrongVerdicts(client, CORPUS)).toEqual([]);
      const real = await replay(corpusClient(client), CORPUS);
      const evaluated = readPolicies({ objects, releases: [] }).filter(({ engine }) => engine === 'api-server');
      const agreement = compareVerdicts(real, evaluated, corpusSetup(platform));
      expect(agreement.disagreements).toEqual([]);
      // Namespaces and anchors: who may write their labels is a question of rights.
      expect(agreement.undecided).toBeLessThan(15);
      expect(agreement.compared).toBeGreaterThan(150);
      expect(await typeWarnings(client)).toEqual([]);
    });
  });
});
