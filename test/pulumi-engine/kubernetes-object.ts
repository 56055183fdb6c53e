import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import { type ApiResponse, messageOf } from '../../lib/cluster/api-client.ts';
import { applyText } from '../../lib/cluster/apply-object.ts';
import { untilServed } from '../../lib/cluster/crds.ts';
import type { Json, JsonObject } from '../../lib/core/json.ts';
import { objectIdentity } from '../../lib/pulumi/resource-identity.ts';
import type { ClusterConnection } from './cluster-connection.ts';
import type { Difference, Existing, ResourceReference } from './stand-in-provider.ts';

const SERVED_TIMEOUT_MS = 5_000;
const GONE_TIMEOUT_MS = 30_000;
const POLL_MS = 100;

const asManifest = (inputs: JsonObject): Manifest => inputs as Manifest;

/** As the real provider names what it made. */
function idOf({ metadata }: Manifest): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

export function checkObject({ type }: ResourceReference, inputs: JsonObject): readonly string[] {
  const { apiVersion, kind, metadata } = inputs as Partial<Manifest>;
  if (!apiVersion || !kind || !metadata?.name) return ['apiVersion, kind and metadata.name are all needed'];
  const expected = objectIdentity(asManifest(inputs)).type;
  return expected === type ? [] : [`a ${type} cannot be a ${apiVersion} ${kind}`];
}

/** The parts of an object that its inputs speak of: what others add, such as defaults and status, is left out. */
function partsOf(live: Json | undefined, inputs: Json | undefined): Json | undefined {
  if (typeof inputs !== 'object' || inputs === null || typeof live !== 'object' || live === null) return live;
  if (Array.isArray(inputs)) {
    if (!Array.isArray(live) || live.length !== inputs.length) return live;
    return live.map((item: Json, index) => partsOf(item, inputs[index]) ?? null);
  }
  const parts = Object.keys(inputs).map((key) => [
    key,
    partsOf((live as JsonObject)[key], (inputs as JsonObject)[key]),
  ]);
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

/** What an object says, without what the server keeps beside it. */
function content({ body }: ApiResponse): JsonObject {
  const { status: _, metadata, ...rest } = body as JsonObject & { readonly metadata: JsonObject };
  const { managedFields: _fields, resourceVersion: _version, generation: _generation, ...named } = metadata;
  return { ...rest, metadata: named };
}

function refuse(manifest: Manifest, answer: ApiResponse): never {
  throw new Error(`${manifest.kind} ${idOf(manifest)}: ${messageOf(answer)}`);
}

/** Path of an object whose kind may not be served yet: its definition was just made. */
async function servedUrl(cluster: ClusterConnection, manifest: Manifest): Promise<string> {
  for (const end = Date.now() + SERVED_TIMEOUT_MS; ; await sleep(POLL_MS)) {
    const url = await cluster.urlOf(manifest);
    if (url !== undefined) return url;
    if (Date.now() > end)
      throw new Error(`No matches for kind "${manifest.kind}" in version "${manifest.apiVersion}".`);
  }
}

async function apply(cluster: ClusterConnection, url: string, manifest: Manifest): Promise<JsonObject> {
  const answer = await applyText(cluster.client, url, JSON.stringify(manifest));
  if (answer.status >= 300) refuse(manifest, answer);
  if (manifest.kind === 'CustomResourceDefinition') await untilServed(cluster.client, [manifest.metadata.name]);
  return partsOf(answer.body as JsonObject, manifest) as JsonObject;
}

export async function createObject(
  cluster: ClusterConnection,
  inputs: JsonObject,
): Promise<{ readonly id: string; readonly outputs: JsonObject }> {
  const manifest = asManifest(inputs);
  const url = await servedUrl(cluster, manifest);
  if (!cluster.takesOver && (await cluster.client.send({ method: 'GET', path: url })).status === 200) {
    throw new Error(`${manifest.kind} ${idOf(manifest)} already exists in the cluster.`);
  }
  return { id: idOf(manifest), outputs: await apply(cluster, url, manifest) };
}

/** Asks the server what it would say; of what is not there yet, a kind or a namespace, nobody can say anything. */
export async function previewObject(
  cluster: ClusterConnection,
  inputs: JsonObject,
): Promise<{ readonly id: string; readonly outputs: JsonObject }> {
  const manifest = asManifest(inputs);
  const url = await cluster.urlOf(manifest);
  if (url !== undefined) {
    const answer = await applyText(cluster.client, url, JSON.stringify(manifest), true);
    if (answer.status >= 300 && !/namespaces? ".*" not found/.test(messageOf(answer))) refuse(manifest, answer);
  }
  return { id: idOf(manifest), outputs: inputs };
}

export async function updateObject(cluster: ClusterConnection, inputs: JsonObject): Promise<JsonObject> {
  const manifest = asManifest(inputs);
  return apply(cluster, await servedUrl(cluster, manifest), manifest);
}

/** Compares what is there with what a dry run says would be there. */
export async function diffObject(cluster: ClusterConnection, inputs: JsonObject): Promise<Difference> {
  const manifest = asManifest(inputs);
  const url = await cluster.urlOf(manifest);
  if (url === undefined) return { kind: 'update', properties: ['metadata'] };
  const live = await cluster.client.send({ method: 'GET', path: url });
  if (live.status === 404) return { kind: 'update', properties: ['metadata'] };
  const wanted = await applyText(cluster.client, url, JSON.stringify(manifest), true);
  if (wanted.status === 422 && /immutable|may not be changed|forbidden: updates/i.test(messageOf(wanted))) {
    return { kind: 'replace', properties: ['spec'] };
  }
  if (wanted.status >= 300) refuse(manifest, wanted);
  const [now, then] = [content(live), content(wanted)];
  const properties = [...new Set([...Object.keys(now), ...Object.keys(then)])].filter(
    (key) => JSON.stringify(now[key]) !== JSON.stringify(then[key]),
  );
  return properties.length > 0 ? { kind: 'update', properties } : { kind: 'none' };
}

/** An object that nobody changed reads as it was written, however the server spells its quantities. */
export async function readObject(cluster: ClusterConnection, inputs: JsonObject): Promise<Existing | undefined> {
  const manifest = asManifest(inputs);
  const url = await cluster.urlOf(manifest);
  if (url === undefined) return undefined;
  const live = await cluster.client.send({ method: 'GET', path: url });
  if (live.status === 404) return undefined;
  if (live.status >= 300) refuse(manifest, live);
  const outputs = partsOf(live.body as JsonObject, manifest) as JsonObject;
  const { kind } = await diffObject(cluster, inputs);
  return { id: idOf(manifest), outputs, inputs: kind === 'none' ? inputs : outputs };
}

const uidOf = ({ body }: ApiResponse): string | undefined =>
  (body as { readonly metadata?: { readonly uid?: string } }).metadata?.uid;

/** Waits until it is gone; one of the same name that somebody made in its place is another, as of ServiceAccount `default`. */
export async function deleteObject(cluster: ClusterConnection, olds: JsonObject): Promise<void> {
  const manifest = asManifest(olds);
  const url = await cluster.urlOf(manifest);
  if (url === undefined) return;
  const before = await cluster.client.send({ method: 'GET', path: url });
  if (before.status === 404) return;
  const answer = await cluster.client.send({ method: 'DELETE', path: `${url}?propagationPolicy=Background` });
  if (answer.status >= 300 && answer.status !== 404) refuse(manifest, answer);
  for (const end = Date.now() + GONE_TIMEOUT_MS; ; await sleep(POLL_MS)) {
    const now = await cluster.client.send({ method: 'GET', path: url });
    if (now.status === 404 || uidOf(now) !== uidOf(before)) return;
    if (Date.now() > end) throw new Error(`${manifest.kind} ${idOf(manifest)} is still there after 30 s.`);
  }
}
