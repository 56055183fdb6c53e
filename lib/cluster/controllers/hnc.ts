import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest } from '../../bundle/bundle.ts';
import { HNC_NAMESPACE } from '../../model/namespaces.ts';
import { type ApiResponse, messageOf } from '../api-client.ts';
import { ClusterError } from '../cluster-error.ts';
import type { ClusterContext, Command, Component } from '../component.ts';
import type { Controller, ControllerStart } from '../controller.ts';
import { failureOf } from '../logs.ts';
import { logPath } from '../processes.ts';
import { answersPlainly } from '../readiness.ts';
import { kubeconfigOf, writeServiceAccountKubeconfig } from '../service-account.ts';
import { routeService } from '../service-routes.ts';
import { portOf } from '../state.ts';
import { binaryPath } from '../toolchain.ts';
import { HNC } from '../tools.ts';
import { mountHncCertificate } from './hnc-certificate.ts';
import { type HncSettings, hncSettings } from './hnc-settings.ts';

const NAME = 'hnc-manager';
const WEBHOOKS = 'hnc-webhooks';
const METRICS = 'hnc-metrics';
const PROBES = 'hnc-probes';

const IN_FORCE_MS = 60_000;
const POLL_MS = 100;

/** The arguments of the Deployment; only where it listens is ours. */
function hncCommand({ args }: HncSettings, { folder, ports }: ClusterContext): Command {
  const own = {
    'webhook-server-port': portOf(ports, WEBHOOKS),
    'metrics-addr': `127.0.0.1:${portOf(ports, METRICS)}`,
    'health-probe-bind-address': `127.0.0.1:${portOf(ports, PROBES)}`,
  };
  const kept = args.filter((arg) => !Object.keys(own).some((flag) => arg.startsWith(`--${flag}=`)));
  return {
    program: binaryPath(HNC, NAME),
    args: [...kept, ...Object.entries(own).map(([flag, value]) => `--${flag}=${value}`)],
    env: { KUBECONFIG: kubeconfigOf(folder, NAME) },
  };
}

function manager(settings: HncSettings): Component {
  return {
    name: NAME,
    tool: HNC,
    ports: [WEBHOOKS, METRICS, PROBES],
    command: (context) => hncCommand(settings, context),
    isReady: (context) => answersPlainly(context, PROBES, '/readyz'),
  };
}

const isOwn = (webhook: { readonly clientConfig?: { readonly service?: { readonly namespace?: string } } }): boolean =>
  webhook.clientConfig?.service?.namespace === HNC_NAMESPACE;

/** Every namespace of Kubernetes is one that HNC leaves alone, so an anchor in it is what its webhook always refuses. */
const FORBIDDEN_ANCHOR = {
  apiVersion: 'hnc.x-k8s.io/v1alpha2',
  kind: 'SubnamespaceAnchor',
  metadata: { name: 'atelier-probe', namespace: 'kube-public' },
};

/**
 * Waits until the API server asks HNC. Between the creation of a webhook configuration and the moment when the manager
 * has written its certificate into it, every request would be refused.
 */
async function untilInForce({ client, context }: ControllerStart<HncSettings>): Promise<void> {
  const { status } = await client.send({
    method: 'GET',
    path: '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/hnc-validating-webhook-configuration',
  });
  if (status === 404) return;
  const probe = (): Promise<ApiResponse> =>
    client.send({
      method: 'POST',
      path: '/apis/hnc.x-k8s.io/v1alpha2/namespaces/kube-public/subnamespaceanchors?dryRun=All',
      body: JSON.stringify(FORBIDDEN_ANCHOR),
    });
  for (const end = Date.now() + IN_FORCE_MS; ; await sleep(POLL_MS)) {
    const answer = await probe();
    if (/admission webhook .* denied the request/.test(messageOf(answer))) return;
    if (Date.now() > end) {
      const log = failureOf(logPath(context.folder, NAME));
      throw new ClusterError(`HNC's webhooks are not in force after 60 s: ${messageOf(answer)} ${log}`);
    }
  }
}

/** The Hierarchical Namespace Controller, with the rights and arguments that the environment gives it. */
export const hnc: Controller<HncSettings> = {
  name: 'hnc',
  summary: 'keeps the trees of tenants: copies, subnamespaces, quotas of subtrees',
  tools: [HNC],
  settings: hncSettings,
  prepare: async (start) => {
    const { settings, context } = start;
    await writeServiceAccountKubeconfig(start, NAME, { namespace: HNC_NAMESPACE, name: settings.serviceAccount });
    await routeService(start, { namespace: HNC_NAMESPACE, name: settings.service, port: 443 }, WEBHOOKS);
    await mountHncCertificate(start, hncCommand(settings, context));
  },
  components: (settings) => [[manager(settings)]],
  answers: ({ webhooks }: Manifest) => Array.isArray(webhooks) && webhooks.length > 0 && webhooks.every(isOwn),
  settle: untilInForce,
};
