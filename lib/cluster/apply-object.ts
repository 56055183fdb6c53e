import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest } from '../bundle/bundle.ts';
import { toYaml } from '../core/yaml.ts';
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

const FIELD_MANAGER = 'atelier';
const RETRIES = 10;
const RETRY_MS = 200;

interface Stored {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly status?: unknown;
}

/** What an object says, without what the server and its controllers write into it: they do so at any time. */
function content({ metadata, status: _, ...rest }: Stored): string {
  const { resourceVersion: _version, generation: _generation, managedFields: _managers, ...named } = metadata;
  return JSON.stringify({ ...rest, metadata: named });
}

/**
 * Whether the answer is another one a moment later: a definition or a namespace that was just made is not known everywhere
 * at once, and a server that has too much to do gives up after half a minute.
 */
function isPassing(answer: ApiResponse): boolean {
  const message = messageOf(answer);
  if (answer.status === 504) return message.includes('request did not complete');
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
  // A dry run is asked what is so now.
  for (let left = dryRun ? 0 : RETRIES; ; left -= 1) {
    const answer = await client.send(request);
    if (answer.status < 300 || left === 0 || !isPassing(answer)) return answer;
    await sleep(RETRY_MS);
  }
}

/** Applies an object, unmodified: the text is that of its file. With `dryRun` the server only says what it thinks. */
export async function applyObject(
  client: ApiClient,
  kinds: ServedKinds,
  manifest: Manifest,
  dryRun = false,
): Promise<{ readonly outcome: Outcome; readonly warnings: readonly string[] }> {
  const { apiVersion, kind, metadata } = manifest;
  const path = objectUrl(kinds, apiVersion, kind, metadata);
  if (path === undefined) return { outcome: { kind: 'unknown' }, warnings: [] };
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
  return {
    outcome: { kind: content(before.body as Stored) === content(after.body as Stored) ? 'unchanged' : 'changed' },
    warnings,
  };
}
