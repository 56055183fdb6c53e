import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../api-client.ts';
import { applyObject } from '../apply-object.ts';
import { ClusterError } from '../cluster-error.ts';
import type { ClusterContext, Command, Component } from '../component.ts';
import type { Controller, ControllerStart } from '../controller.ts';
import { installCrds, type ModuleCrd } from '../crds.ts';
import { discoverKinds } from '../discovery.ts';
import { moduleSource } from '../go-modules.ts';
import { failureOf } from '../logs.ts';
import { logPath } from '../processes.ts';
import { answersUnverified } from '../readiness.ts';
import { kubeconfigOf, writeServiceAccountKubeconfig } from '../service-account.ts';
import { routeService } from '../service-routes.ts';
import { portOf } from '../state.ts';
import { binaryPath } from '../toolchain.ts';
import { KYVERNO } from '../tools.ts';
import { KYVERNO_METRICS_PORT, kyvernoNames, kyvernoObjects } from './kyverno-objects.ts';
import { type KyvernoSettings, kyvernoSettings } from './kyverno-settings.ts';

const NAME = 'kyverno';
const WEBHOOKS = 'kyverno-webhooks';
const METRICS = 'kyverno-metrics';

const IN_FORCE_MS = 90_000;
const POLL_MS = 200;

function kyvernoCommand(settings: KyvernoSettings, { folder, ports }: ClusterContext): Command {
  const { namespace, exceptions, generatesAdmissionPolicies } = settings;
  const names = kyvernoNames(settings);
  const account = (controller: 'background-controller' | 'reports-controller'): string =>
    `system:serviceaccount:${namespace}:${names.serviceAccount(controller)}`;
  const webhooks = portOf(ports, WEBHOOKS);
  const secret = `${names.service}.${namespace}.svc`;
  return {
    program: binaryPath(KYVERNO, NAME),
    args: [
      `--kubeconfig=${kubeconfigOf(folder, NAME)}`,
      // It registers its webhooks at this address instead of its Service, and does not look for its own Deployment.
      `--serverIP=127.0.0.1:${webhooks}`,
      '--webhookServerHost=127.0.0.1',
      `--webhookServerPort=${webhooks}`,
      '--metricsHost=127.0.0.1',
      `--metricsPort=${portOf(ports, METRICS)}`,
      '--controllerRuntimeMetricsAddress=0',
      `--caSecretName=${secret}.kyverno-tls-ca`,
      `--tlsSecretName=${secret}.kyverno-tls-pair`,
      `--backgroundServiceAccountName=${account('background-controller')}`,
      `--reportsServiceAccountName=${account('reports-controller')}`,
      `--enablePolicyException=${exceptions !== undefined}`,
      `--exceptionNamespace=${exceptions ?? ''}`,
      `--generateValidatingAdmissionPolicy=${generatesAdmissionPolicies}`,
      // Nothing here collects them.
      '--admissionReports=false',
      '--omitEvents=PolicyApplied,PolicySkipped',
      '--disableLogColor',
    ],
    env: {
      KYVERNO_NAMESPACE: namespace,
      KYVERNO_DEPLOYMENT: names.serviceAccount('admission-controller'),
      KYVERNO_POD_NAME: 'local',
      KYVERNO_SERVICEACCOUNT_NAME: names.serviceAccount('admission-controller'),
      KYVERNO_SVC: names.service,
      INIT_CONFIG: names.config,
      METRICS_CONFIG: names.metricsConfig,
    },
  };
}

function admissionController(settings: KyvernoSettings): Component {
  return {
    name: NAME,
    tool: KYVERNO,
    ports: [WEBHOOKS, METRICS],
    command: (context) => kyvernoCommand(settings, context),
    isReady: (context) => answersUnverified(context, WEBHOOKS, '/health/readiness'),
  };
}

/** Every definition of the module: Kyverno asks for its old kinds too. Files are named `<group>_<plural>.yaml`. */
function readCrds(module: string): readonly ModuleCrd[] {
  const folder = join(module, 'config', 'crds');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    const [, group, plural] = /^([^_]+)_(.+)\.yaml$/.exec(basename(file)) ?? [];
    return group === undefined || plural === undefined
      ? []
      : [{ name: `${plural}.${group}`, text: readFileSync(join(folder, file), 'utf8') }];
  });
}

async function prepare(start: ControllerStart<KyvernoSettings>): Promise<void> {
  const { client, settings, report } = start;
  const module = await moduleSource(KYVERNO.name, 'github.com/kyverno/kyverno');
  const crds = readCrds(module);
  report(`installing ${crds.length} definitions of Kyverno`);
  await installCrds(client, crds);
  const kinds = await discoverKinds(client);
  for (const manifest of kyvernoObjects(join(module, 'charts', 'kyverno'), settings)) {
    const { outcome } = await applyObject(client, kinds, manifest);
    if (outcome.kind === 'refused') {
      throw new ClusterError(`${manifest.kind} ${manifest.metadata.name} of Kyverno was refused: ${outcome.message}`);
    }
  }
  const { namespace } = settings;
  const names = kyvernoNames(settings);
  await writeServiceAccountKubeconfig(start, NAME, { namespace, name: names.serviceAccount('admission-controller') });
  await routeService(start, { namespace, name: names.metricsService, port: KYVERNO_METRICS_PORT }, METRICS);
}

interface Webhook {
  readonly clientConfig: { readonly url?: string };
}

interface PolicyStatus {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly conditionStatus?: { readonly ready?: boolean; readonly message?: string } };
}

/** What is still missing until Kyverno decides; undefined where nothing is. */
async function missing({ client, context }: ControllerStart<KyvernoSettings>): Promise<string | undefined> {
  const configuration = 'kyverno-policy-validating-webhook-cfg';
  const registered = await client.send({
    method: 'GET',
    path: `/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/${configuration}`,
  });
  const { webhooks = [] } = registered.body as { readonly webhooks?: readonly Webhook[] };
  const address = `127.0.0.1:${portOf(context.ports, WEBHOOKS)}/`;
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
async function untilInForce(start: ControllerStart<KyvernoSettings>): Promise<void> {
  for (const end = Date.now() + IN_FORCE_MS; ; await sleep(POLL_MS)) {
    start.signal?.throwIfAborted();
    const reason = await missing(start);
    if (reason === undefined) return;
    if (Date.now() > end) {
      const log = failureOf(logPath(start.context.folder, NAME));
      throw new ClusterError(`Kyverno's policies are not in force after 90 s: ${reason}. ${log}`);
    }
  }
}

/** Kyverno's admission controller, with the rights of its chart and the settings of the environment's values. */
export const kyverno: Controller<KyvernoSettings> = {
  name: 'kyverno',
  summary: 'enforces the policies beside the API server, with their exceptions',
  tools: [KYVERNO],
  settings: kyvernoSettings,
  prepare,
  components: (settings) => [[admissionController(settings)]],
  settle: untilInForce,
};
