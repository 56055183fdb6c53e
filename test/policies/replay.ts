import type { Manifest } from '../../lib/bundle/bundle.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import { isNamespaced } from '../../lib/crds/scope.ts';
import type { CorpusCase } from './corpus/case.ts';

export interface ApiCall {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly body?: JsonObject;
  readonly contentType?: string;
  /** User to impersonate. Default: the administrator. */
  readonly as?: string;
}

export interface ApiAnswer {
  readonly status: number;
  /** `message` of the Status, where the answer is one. */
  readonly message: string;
}

/** Sends one request to an API server. */
export type ApiClient = (call: ApiCall) => Promise<ApiAnswer>;

export interface Verdict {
  readonly case: CorpusCase;
  readonly answer: ApiAnswer;
  /** Why the answer is wrong; left out where it is right. */
  readonly wrong?: string;
}

const IRREGULAR_PLURALS: Readonly<Record<string, string>> = {
  RuntimeClass: 'runtimeclasses',
  PriorityClass: 'priorityclasses',
};

/** Path of the collection that holds objects of the manifest's kind. */
export function collectionPath({ apiVersion, kind, metadata }: Manifest): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const within =
    isNamespaced(apiVersion, kind) && metadata.namespace !== undefined ? `/namespaces/${metadata.namespace}` : '';
  return `${root}${within}/${IRREGULAR_PLURALS[kind] ?? `${kind.toLowerCase()}s`}`;
}

async function create(client: ApiClient, each: CorpusCase): Promise<ApiAnswer> {
  const as = each.as === undefined ? {} : { as: each.as };
  return client({ method: 'POST', path: `${collectionPath(each.object)}?dryRun=All`, body: each.object, ...as });
}

async function update(client: ApiClient, each: CorpusCase & Required<Pick<CorpusCase, 'update'>>): Promise<ApiAnswer> {
  const { object } = each;
  const path = `${collectionPath(object)}/${object.metadata.name}`;
  const exists = object.kind === 'Namespace';
  if (!exists) {
    const before = await client({ method: 'POST', path: collectionPath(object), body: object });
    if (before.status >= 300) throw new Error(`"${each.title}": the object to update was refused: ${before.message}`);
  }
  const subresource = each.update.subresource === undefined ? '' : `/${each.update.subresource}`;
  const answer = await client({
    method: 'PATCH',
    path: `${path}${subresource}?dryRun=All`,
    body: each.update.patch,
    contentType: 'application/strategic-merge-patch+json',
    ...(each.as === undefined ? {} : { as: each.as }),
  });
  if (!exists) await client({ method: 'DELETE', path: `${path}?gracePeriodSeconds=0` });
  return answer;
}

function names(message: string, rule: string): boolean {
  return new RegExp(`(^|[^-\\w])${rule}($|[^-\\w])`).test(message);
}

function judge(each: CorpusCase, answer: ApiAnswer): Verdict {
  const admitted = answer.status < 300;
  const wrong = (reason: string): Verdict => ({ case: each, answer, wrong: reason });
  if (each.refusedBy === undefined) return admitted ? { case: each, answer } : wrong('refused, but should pass');
  if (admitted) return wrong('admitted, but should be refused');
  if (!names(answer.message, each.refusedBy)) return wrong(`refused, but not by ${each.refusedBy}`);
  if (each.says !== undefined && !answer.message.includes(each.says)) return wrong(`does not say "${each.says}"`);
  return { case: each, answer };
}

/** Sends every case, one after the other, as a dry run. The setup must be there and the policies in force. */
export async function replay(client: ApiClient, corpus: readonly CorpusCase[]): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const each of corpus) {
    const answer = each.update ? await update(client, { ...each, update: each.update }) : await create(client, each);
    verdicts.push(judge(each, answer));
  }
  return verdicts;
}
