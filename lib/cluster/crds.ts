import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, messageOf } from './api-client.ts';
import { applyText } from './apply-object.ts';
import { forEachAtOnce } from './at-once.ts';
import { ClusterError } from './cluster-error.ts';

/** A custom resource definition of another project, as its file says it. */
export interface ModuleCrd {
  /** `nodepools.karpenter.sh` */
  readonly name: string;
  readonly text: string;
}

const CRD_PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const ESTABLISHED_TIMEOUT_MS = 60_000;
const POLL_MS = 100;

/** Waits until objects of a definition can be made. */
export async function untilEstablished(client: ApiClient, name: string): Promise<void> {
  for (const end = Date.now() + ESTABLISHED_TIMEOUT_MS; ; await sleep(POLL_MS)) {
    const { body } = await client.send({ method: 'GET', path: `${CRD_PATH}/${name}` });
    const { status } = body as { status?: { conditions?: { type: string; status: string; message?: string }[] } };
    const conditions = status?.conditions ?? [];
    if (conditions.some(({ type, status: value }) => type === 'Established' && value === 'True')) return;
    if (Date.now() > end) {
      const said = conditions.map(({ type, status: value, message }) => `${type}=${value} ${message ?? ''}`).join('; ');
      throw new ClusterError(`The definition ${name} is not established after 60 s: ${said}`);
    }
  }
}

/** Installs definitions, and waits until they can be used. */
export async function installCrds(client: ApiClient, crds: readonly ModuleCrd[]): Promise<void> {
  await forEachAtOnce(crds, async ({ name, text }) => {
    const answer = await applyText(client, `${CRD_PATH}/${name}`, text);
    if (answer.status >= 300) throw new ClusterError(`The definition ${name} was refused: ${messageOf(answer)}`);
    await untilEstablished(client, name);
  });
}
