import { setTimeout as sleep } from 'node:timers/promises';
import type { Bundle, BundleObject, Manifest } from '../bundle/bundle.ts';
import { PHASES, type Phase } from '../bundle/phase.ts';
import { type ApiClient, messageOf } from './api-client.ts';
import { applyObject, applyText, type Outcome } from './apply-object.ts';
import { ClusterError, type Report } from './cluster-error.ts';
import { discoverKinds, type ServedKinds } from './discovery.ts';
import { moduleCrds } from './module-crds.ts';

export interface AppliedObject {
  readonly object: BundleObject;
  readonly outcome: Outcome;
  /** What the server warns of, such as deprecated fields. */
  readonly warnings: readonly string[];
}

const AT_ONCE = 8;
const CRD_PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const ESTABLISHED_TIMEOUT_MS = 60_000;
const POLL_MS = 100;

/** Runs the work for every item, a few at a time, and keeps their order. */
async function forEachAtOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Map<number, R>();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results.set(index, await work(items[index] as T));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

const isCrd = ({ kind, apiVersion }: Manifest): boolean =>
  kind === 'CustomResourceDefinition' && apiVersion.startsWith('apiextensions.k8s.io/');
/** Where nothing answers them, these would refuse whatever they are asked about. */
const isWebhook = ({ kind, apiVersion }: Manifest): boolean =>
  /^(Mutating|Validating)WebhookConfiguration$/.test(kind) && apiVersion.startsWith('admissionregistration.k8s.io/');
const isNamespace = ({ kind, apiVersion }: Manifest): boolean => kind === 'Namespace' && apiVersion === 'v1';

async function untilEstablished(client: ApiClient, name: string): Promise<void> {
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

/** Installs the definitions that the bundle's objects need and neither it nor the server has. */
async function installModuleCrds(client: ApiClient, bundle: Bundle, report: Report): Promise<void> {
  const served = await discoverKinds(client);
  const own = new Set(
    bundle.objects
      .map(({ manifest }) => manifest)
      .filter(isCrd)
      .map((crd) => {
        const { group, names } = crd.spec as { readonly group: string; readonly names: { readonly kind: string } };
        return `${group}/${names.kind}`;
      }),
  );
  const missing = new Set(
    bundle.objects.flatMap(({ manifest: { apiVersion, kind } }) => {
      const key = `${apiVersion.split('/')[0]}/${kind}`;
      return served.has(`${apiVersion}/${kind}`) || own.has(key) ? [] : [key];
    }),
  );
  const crds = await moduleCrds(missing, report);
  if (crds.length > 0) report(`installing ${crds.map(({ name }) => name).join(', ')}`);
  await forEachAtOnce(crds, async ({ name, text }) => {
    const answer = await applyText(client, `${CRD_PATH}/${name}`, text);
    if (answer.status >= 300) throw new ClusterError(`The definition ${name} was refused: ${messageOf(answer)}`);
    await untilEstablished(client, name);
  });
}

/** What runs beside the control plane. */
export interface RunningControllers {
  /** Starts them; called once their own objects are there, before their webhooks are put in force. */
  readonly start: () => Promise<void>;
  /** Whether one of them answers a webhook configuration. */
  readonly answer: (webhookConfiguration: Manifest) => boolean;
}

const NO_CONTROLLERS: RunningControllers = { start: () => Promise.resolve(), answer: () => false };

async function applyPhase(
  client: ApiClient,
  kinds: ServedKinds,
  phase: Phase,
  objects: readonly BundleObject[],
  controllers: RunningControllers,
): Promise<readonly AppliedObject[]> {
  const apply = async (object: BundleObject): Promise<AppliedObject> => ({
    object,
    ...(await applyObject(
      client,
      kinds,
      object.manifest,
      isWebhook(object.manifest) && !controllers.answer(object.manifest),
    )),
  });
  const namespaces = objects.filter(({ manifest }) => isNamespace(manifest));
  const webhooks = objects.filter(({ manifest }) => isWebhook(manifest));
  const others = objects.filter(({ manifest }) => !isNamespace(manifest) && !isWebhook(manifest));
  const applied = [...(await forEachAtOnce(namespaces, apply)), ...(await forEachAtOnce(others, apply))];
  if (phase === '20-controllers') await controllers.start();
  return [...applied, ...(await forEachAtOnce(webhooks, apply))];
}

/**
 * Applies a bundle phase by phase: within a phase namespaces first, then everything else, several at once, at last
 * webhooks, which are only checked where no controller answers them. Definitions are established before the next phase
 * begins. Nothing is skipped: every object has an outcome.
 */
export async function applyBundle(
  client: ApiClient,
  bundle: Bundle,
  report: Report,
  controllers: RunningControllers = NO_CONTROLLERS,
): Promise<readonly AppliedObject[]> {
  await installModuleCrds(client, bundle, report);
  const applied: AppliedObject[] = [];
  const byPhase = (phase: Phase): readonly BundleObject[] => bundle.objects.filter((object) => object.phase === phase);
  let kinds = await discoverKinds(client);
  for (const phase of PHASES) {
    const objects = byPhase(phase);
    if (objects.length === 0 && phase !== '20-controllers') continue;
    report(`${phase}: ${objects.length} objects`);
    const outcomes = await applyPhase(client, kinds, phase, objects, controllers);
    applied.push(...outcomes);
    const crds = outcomes.filter(({ object, outcome }) => isCrd(object.manifest) && outcome.kind !== 'refused');
    await forEachAtOnce(crds, ({ object }) => untilEstablished(client, object.manifest.metadata.name));
    if (crds.length > 0) kinds = await discoverKinds(client);
  }
  return applied;
}
