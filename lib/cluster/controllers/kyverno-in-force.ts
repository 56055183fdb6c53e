import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../api-client.ts';
import { ClusterError } from '../cluster-error.ts';
import type { ControllerStart } from '../controller.ts';
import { failureOf } from '../logs.ts';
import { logPath } from '../processes.ts';
import { portOf } from '../state.ts';

/** Port of its webhooks. */
export const KYVERNO_WEBHOOKS = 'kyverno-webhooks';

const IN_FORCE_MS = 90_000;
const POLL_MS = 200;

type Start = Pick<ControllerStart<unknown>, 'client' | 'context' | 'signal'>;

interface Webhook {
  readonly clientConfig: { readonly url?: string };
}

interface PolicyStatus {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly conditionStatus?: { readonly ready?: boolean; readonly message?: string } };
}

/** What is still missing until Kyverno decides; undefined where nothing is. */
async function missing({ client, context }: Start): Promise<string | undefined> {
  const configuration = 'kyverno-policy-validating-webhook-cfg';
  const registered = await client.send({
    method: 'GET',
    path: `/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/${configuration}`,
  });
  const { webhooks = [] } = registered.body as { readonly webhooks?: readonly Webhook[] };
  const address = `127.0.0.1:${portOf(context.ports, KYVERNO_WEBHOOKS)}/`;
  if (!webhooks.some(({ clientConfig }) => clientConfig.url?.includes(address))) return `${configuration} is not there`;
  const policies = await client.send({ method: 'GET', path: '/apis/policies.kyverno.io/v1/validatingpolicies' });
  if (policies.status !== 200) return messageOf(policies);
  const { items } = policies.body as { readonly items: readonly PolicyStatus[] };
  const waiting = items.filter(({ status }) => status?.conditionStatus?.ready !== true);
  return waiting.length === 0
    ? undefined
    : `not ready: ${waiting.map(({ metadata, status }) => `${metadata.name} ${status?.conditionStatus?.message ?? ''}`.trim()).join('; ')}`;
}

/** Waits until its webhooks are registered and every policy there is is ready. */
export async function untilKyvernoDecides(start: Start, process: string): Promise<void> {
  for (const end = Date.now() + IN_FORCE_MS; ; await sleep(POLL_MS)) {
    start.signal?.throwIfAborted();
    const reason = await missing(start);
    if (reason === undefined) return;
    if (Date.now() > end) {
      const log = failureOf(logPath(start.context.folder, process));
      throw new ClusterError(`Kyverno's policies are not in force after 90 s: ${reason}. ${log}`);
    }
  }
}
