import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest } from '../bundle/bundle.ts';
import { toYaml } from '../bundle/yaml.ts';
import { type ApiClient, type ApiResponse, messageOf } from './api-client.ts';
import { objectUrl, type ServedKinds } from './discovery.ts';

/** What became of one object. */
export type Outcome =
  | { readonly kind: 'created' | 'changed' | 'unchanged' }
  /** Valid, but not put in force. */
  | { readonly kind: 'checked'; readonly reason: string }
  | { readonly kind: 'refused'; readonly message: string }
  /** The server does not know its kind, so nobody has looked at it. */
  | { readonly kind: 'unknown' };

export const FIELD_MANAGER = 'atelier';
const RETRIES = 10;
const RETRY_MS = 200;
/** Of kinds that nothing here answers, the objects would refuse whatever they are asked about. */
const NEEDS_A_CONTROLLER: ReadonlySet<string> = new Set([
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration',
]);

interface Stored {
  readonly metadata: {
    readonly resourceVersion: string;
    readonly generation?: number;
    readonly managedFields?: readonly { readonly manager?: string }[];
  };
}

const ownFields = ({ metadata }: Stored): string =>
  JSON.stringify(metadata.managedFields?.filter(({ manager }) => manager === FIELD_MANAGER));

/** Controllers write the status of an object at any time; that is no change of ours. */
function isSame(before: Stored, after: Stored): boolean {
  if (before.metadata.resourceVersion === after.metadata.resourceVersion) return true;
  return before.metadata.generation === after.metadata.generation && ownFields(before) === ownFields(after);
}

/** A definition or a namespace that was just made is not known everywhere at once. */
function isTooEarly(answer: ApiResponse): boolean {
  const message = messageOf(answer);
  if (answer.status === 404)
    return /page not found|could not find the requested resource|namespaces ".*" not found/.test(message);
  return answer.status === 403 && /is forbidden: .*not yet ready|namespace ".*" not found/.test(message);
}

/** One server-side apply of a text, forced and with strict field validation. */
export async function applyText(client: ApiClient, path: string, text: string, dryRun = false): Promise<ApiResponse> {
  const query = `fieldManager=${FIELD_MANAGER}&fieldValidation=Strict&force=true${dryRun ? '&dryRun=All' : ''}`;
  const request = {
    method: 'PATCH',
    path: `${path}?${query}`,
    body: text,
    contentType: 'application/apply-patch+yaml',
  } as const;
  for (let left = RETRIES; ; left -= 1) {
    const answer = await client.send(request);
    if (answer.status < 300 || left === 0 || !isTooEarly(answer)) return answer;
    await sleep(RETRY_MS);
  }
}

/** Applies an object, unmodified: the text is that of its file. */
export async function applyObject(
  client: ApiClient,
  kinds: ServedKinds,
  manifest: Manifest,
): Promise<{ readonly outcome: Outcome; readonly warnings: readonly string[] }> {
  const { apiVersion, kind, metadata } = manifest;
  const path = objectUrl(kinds, apiVersion, kind, metadata);
  if (path === undefined) return { outcome: { kind: 'unknown' }, warnings: [] };
  const dryRun = NEEDS_A_CONTROLLER.has(`${apiVersion}/${kind}`);
  const before = await client.send({ method: 'GET', path });
  const after = await applyText(client, path, toYaml(manifest), dryRun);
  const { warnings } = after;
  if (after.status >= 300) return { outcome: { kind: 'refused', message: messageOf(after) }, warnings };
  if (dryRun) {
    return {
      outcome: { kind: 'checked', reason: 'its controller does not run here, so nothing would answer' },
      warnings,
    };
  }
  if (before.status === 404) return { outcome: { kind: 'created' }, warnings };
  return { outcome: { kind: isSame(before.body as Stored, after.body as Stored) ? 'unchanged' : 'changed' }, warnings };
}
