import { setTimeout as sleep } from 'node:timers/promises';
import { forEachAtOnce } from '../core/at-once.ts';
import { type ApiClient, messageOf } from './api-client.ts';
import { applyText } from './apply-object.ts';
import { ClusterError } from './cluster-error.ts';
import { discoverKinds, type ServedKinds } from './discovery.ts';

/** A custom resource definition of another project, as its file says it. */
export interface ModuleCrd {
  /** `nodepools.karpenter.sh` */
  readonly name: string;
  readonly text: string;
}

const CRD_PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
/** Ten times what a slow laptop needs. */
const SERVED_TIMEOUT_MS = 120_000;
const POLL_MS = 100;

/** Names of the definitions whose objects the server takes: `nodepools.karpenter.sh`. */
function servedNames(kinds: ServedKinds): ReadonlySet<string> {
  return new Set([...kinds].map(([key, { resource }]) => `${resource}.${key.split('/')[0]}`));
}

/** What the server says of a definition that it does not serve. */
async function conditionsOf(client: ApiClient, name: string): Promise<string> {
  const answer = await client.send({ method: 'GET', path: `${CRD_PATH}/${name}` });
  if (answer.status !== 200) return messageOf(answer);
  const { status } = answer.body as { status?: { conditions?: { type: string; status: string; message?: string }[] } };
  return (status?.conditions ?? []).map((each) => `${each.type}=${each.status} ${each.message ?? ''}`).join('; ');
}

/**
 * Waits until objects of the definitions can be made, and returns what is served then. Asks for the list of all kinds:
 * definitions themselves are large, and the server would write all of them out at every question.
 */
export async function untilServed(client: ApiClient, names: readonly string[]): Promise<ServedKinds> {
  for (const end = Date.now() + SERVED_TIMEOUT_MS; ; await sleep(POLL_MS)) {
    const kinds = await discoverKinds(client);
    const served = servedNames(kinds);
    const missing = names.find((name) => !served.has(name));
    if (missing === undefined) return kinds;
    if (Date.now() > end) {
      throw new ClusterError(
        `The definition ${missing} is not served after ${SERVED_TIMEOUT_MS / 1000} s: ${await conditionsOf(client, missing)}`,
      );
    }
  }
}

/** Installs definitions, and waits until they can be used; returns what is served then. */
export async function installCrds(client: ApiClient, crds: readonly ModuleCrd[]): Promise<ServedKinds> {
  await forEachAtOnce(crds, async ({ name, text }) => {
    const answer = await applyText(client, `${CRD_PATH}/${name}`, text);
    if (answer.status >= 300) throw new ClusterError(`The definition ${name} was refused: ${messageOf(answer)}`);
  });
  return untilServed(
    client,
    crds.map(({ name }) => name),
  );
}
