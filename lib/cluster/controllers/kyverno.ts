import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { forEachAtOnce } from '../../core/at-once.ts';
import { applyObject } from '../apply-object.ts';
import { ClusterError } from '../cluster-error.ts';
import type { ClusterContext, Command, Component } from '../component.ts';
import type { Controller, ControllerStart } from '../controller.ts';
import { installCrds, type ModuleCrd } from '../crds.ts';
import { moduleSource } from '../go-modules.ts';
import { answersUnverified } from '../readiness.ts';
import { kubeconfigOf, writeServiceAccountKubeconfig } from '../service-account.ts';
import { routeService } from '../service-routes.ts';
import { portOf } from '../state.ts';
import { binaryPath } from '../toolchain.ts';
import { KYVERNO } from '../tools.ts';
import { untilKyvernoDecides, KYVERNO_WEBHOOKS as WEBHOOKS } from './kyverno-in-force.ts';
import { KYVERNO_METRICS_PORT, kyvernoNames, kyvernoObjects } from './kyverno-objects.ts';
import { type KyvernoSettings, kyvernoSettings } from './kyverno-settings.ts';

const NAME = 'kyverno';
const METRICS = 'kyverno-metrics';

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
  const kinds = await installCrds(client, crds);
  await forEachAtOnce(kyvernoObjects(join(module, 'charts', 'kyverno'), settings), async (manifest) => {
    const { outcome } = await applyObject(client, kinds, manifest);
    if (outcome.kind === 'refused') {
      throw new ClusterError(`${manifest.kind} ${manifest.metadata.name} of Kyverno was refused: ${outcome.message}`);
    }
  });
  const { namespace } = settings;
  const names = kyvernoNames(settings);
  await writeServiceAccountKubeconfig(start, NAME, { namespace, name: names.serviceAccount('admission-controller') });
  await routeService(start, { namespace, name: names.metricsService, port: KYVERNO_METRICS_PORT }, METRICS);
}

/** Kyverno's admission controller, with the rights of its chart and the settings of the environment's values. */
export const kyverno: Controller<KyvernoSettings> = {
  name: 'kyverno',
  summary: 'enforces the policies beside the API server, with their exceptions',
  tools: [KYVERNO],
  settings: kyvernoSettings,
  prepare,
  components: (settings) => [[admissionController(settings)]],
  settle: (start) => untilKyvernoDecides(start, NAME),
};
