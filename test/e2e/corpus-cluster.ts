import type { Manifest } from '../../lib/bundle/bundle.ts';
import { type ApiClient, messageOf } from '../../lib/cluster/api-client.ts';
import { applyObject } from '../../lib/cluster/apply-object.ts';
import { discoverKinds } from '../../lib/cluster/discovery.ts';
import type { CorpusCase } from '../policies/corpus.ts';
import { type ApiClient as CorpusClient, replay, type Verdict } from '../policies/replay.ts';
import { eventually } from './requests.ts';

/** The cluster's client as the corpus wants it. */
export function corpusClient(client: ApiClient): CorpusClient {
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

/** Applies objects one after the other. */
export async function applyAll(client: ApiClient, manifests: readonly Manifest[]): Promise<void> {
  const kinds = await discoverKinds(client);
  for (const manifest of manifests) {
    const { outcome } = await applyObject(client, kinds, manifest);
    const { kind } = outcome;
    if (kind === 'refused' || kind === 'unknown')
      throw new Error(`${JSON.stringify(outcome)}: ${manifest.kind} ${manifest.metadata.name}`);
  }
}

/**
 * Waits until each rule refuses what it has to: the API server reads policies by watching them, and whoever else answers
 * takes a moment too.
 */
export async function untilRefused(client: ApiClient, corpus: readonly CorpusCase[]): Promise<void> {
  const rules = new Set(corpus.flatMap(({ refusedBy }) => refusedBy ?? []));
  const samples = [...rules].flatMap(
    (rule) => corpus.find(({ refusedBy, update }) => refusedBy === rule && !update) ?? [],
  );
  const refused = (verdicts: readonly Verdict[]): boolean => verdicts.every(({ answer }) => answer.status >= 400);
  await eventually(() => replay(corpusClient(client), samples), refused);
}

/** Replays the corpus; sentences about what was answered wrongly. */
export async function wrongVerdicts(client: ApiClient, corpus: readonly CorpusCase[]): Promise<readonly string[]> {
  const verdicts = await replay(corpusClient(client), corpus);
  return verdicts.flatMap(({ case: { title }, wrong, answer }) =>
    wrong === undefined ? [] : [`${title}: ${wrong}: ${answer.message}`],
  );
}
