import { expect, it } from 'vitest';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import type { BundleContents } from '../../lib/bundle/contents.ts';
import { LABELS } from '../../lib/catalog/labels.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { objectOr } from '../../lib/core/json.ts';
import { compareContents } from '../../lib/preview/compare.ts';
import { exampleReversals } from '../../lib/preview/replay/example-reversals.ts';
import { ownReversals } from '../../lib/preview/replay/own-reversals.ts';
import { replayOf } from '../../lib/preview/replay/replay.ts';
import type { Reversal } from '../../lib/preview/replay/reversal.ts';
import { collectionPath } from '../policies/replay.ts';
import { CORPUS } from '../preview/corpus.ts';
import { corpusVersions } from '../preview/versions.ts';
import { applyAll, corpusClient } from './corpus-cluster.ts';
import { describeWithClusters, withCluster } from './local-cluster.ts';
import { eventually, remove } from './requests.ts';

const ADMISSION = 'admissionregistration.k8s.io/v1';
const POLICIES = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'];
const DEFAULTS = ['Namespace', 'PriorityClass', 'LimitRange'];

function reversalsOf(before: BundleContents, after: BundleContents): readonly Reversal[] {
  const comparison = { before, after, changes: compareContents(before, after) };
  const replay = replayOf(comparison);
  return [...ownReversals(comparison, replay), ...exampleReversals(comparison, replay)];
}

/** Without the Pod Security level, which would refuse the bare examples for reasons of its own. */
function relaxed(namespace: Manifest): Manifest {
  const labels = Object.entries(objectOr(namespace.metadata.labels));
  const kept = Object.fromEntries(labels.filter(([key]) => !key.startsWith(LABELS.podSecurityPrefix)));
  return { ...namespace, metadata: { ...namespace.metadata, labels: kept } };
}

/** Refuses pods of its name, and is read after all policies that were there before it. */
function canary(name: string): readonly Manifest[] {
  const apiVersion = ADMISSION;
  const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }];
  const validations = [{ expression: `object.metadata.name != '${name}'`, message: name }];
  return [
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: { matchConstraints: { resourceRules }, validations },
    },
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'] },
    },
  ];
}

const POD: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'example', namespace: 'default' },
  spec: { containers: [{ name: 'main', image: 'example.org/app:1' }] },
};

async function answerTo(
  client: ApiClient,
  object: Manifest,
): Promise<{ readonly status: number; readonly message: string }> {
  return corpusClient(client)({ method: 'POST', path: `${collectionPath(object)}?dryRun=All`, body: object });
}

/** The ServiceAccounts of the pods, which nobody else makes. */
function accountsOf(reversals: readonly Reversal[]): readonly Manifest[] {
  const pods = reversals.map(({ object }) => object).filter(({ kind }) => kind === 'Pod');
  return pods.map(({ metadata: { namespace = '' }, spec }): Manifest => {
    const name = String(objectOr(spec).serviceAccountName ?? 'default');
    return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
  });
}

/** Brings a version of an environment into the cluster, as far as it decides what is admitted, and waits until it is in force. */
async function enforce(
  client: ApiClient,
  { objects }: BundleContents,
  accounts: readonly Manifest[],
  name: string,
): Promise<() => Promise<void>> {
  const manifests = objects.map(({ manifest }) => manifest);
  const ofKinds = (kinds: readonly string[]): readonly Manifest[] =>
    kinds.flatMap((kind) => manifests.filter((manifest) => manifest.kind === kind));
  const defaults = ofKinds(DEFAULTS).map((each) => (each.kind === 'Namespace' ? relaxed(each) : each));
  const made = [...defaults, ...accounts, ...ofKinds(POLICIES), ...canary(name)];
  await applyAll(client, made);
  const refused = async (): Promise<boolean> =>
    (await answerTo(client, { ...POD, metadata: { ...POD.metadata, name } })).message.includes(name);
  if (!(await eventually(refused, Boolean))) throw new Error(`the policies of ${name} are not in force`);
  return async () => {
    for (const manifest of made.filter(({ kind }) => POLICIES.includes(kind) || kind === 'LimitRange')) {
      await remove(client, `${collectionPath(manifest).replace(/ys$/, 'ies')}/${manifest.metadata.name}`);
    }
  };
}

/** Reversals of a side that the server answers otherwise than the replay says. */
async function differences(
  client: ApiClient,
  reversals: readonly Reversal[],
  side: 'before' | 'after',
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { about, kind, object, before, by } of reversals) {
    const asked = side === 'after' ? object : before;
    if (asked === undefined) continue;
    const { status, message } = await answerTo(client, asked);
    const refuses = (kind === 'refused') === (side === 'after');
    const said = by.some((refusal) => message.includes(refusal.message));
    if (refuses ? status < 300 || !said : status >= 300) found.push(`${about} ${side}: ${status} ${message}`);
  }
  return found;
}

describeWithClusters('preview and real admission (PROVE-3, POL-1, POL-2, POL-3)', () => {
  it('GIVEN every version of the corpus WHEN the API server is asked THEN it refuses and admits what preview says it starts to', async () => {
    const cases = CORPUS.map((each) => ({ ...each, ...corpusVersions(each) }))
      .map((each) => ({ ...each, reversals: reversalsOf(each.before, each.after) }))
      .filter(({ reversals }) => reversals.length > 0);
    expect(cases.length).toBeGreaterThanOrEqual(7);
    const asked = cases.flatMap(({ reversals }) => reversals);
    expect(asked.filter(({ kind }) => kind === 'refused').length).toBeGreaterThan(10);
    expect(asked.filter(({ kind }) => kind === 'allowed').length).toBeGreaterThan(3);
    expect(asked.filter(({ of }) => of !== 'example').length).toBeGreaterThanOrEqual(3);
    const found = await withCluster('preview-admission', async (client) => {
      const wrong: string[] = [];
      for (const { name, before, after, reversals } of cases) {
        for (const side of ['before', 'after'] as const) {
          const version = side === 'before' ? before : after;
          const withdraw = await enforce(client, version, accountsOf(reversals), `${side}-${name}`);
          // Namespaces, classes and limits reach the server's admission on other ways than policies.
          const found = await eventually(
            () => differences(client, reversals, side),
            (all) => all.length === 0,
            20,
          );
          wrong.push(...found.map((each) => `${name}: ${each}`));
          await withdraw();
        }
      }
      return wrong;
    });
    process.stderr.write(`asked the API server twice about ${asked.length} objects of ${cases.length} changes\n`);
    expect(found).toEqual([]);
  }, 600_000);
});
