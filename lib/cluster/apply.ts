import { APPLY_GROUPS, applyGroup } from '../bundle/apply-group.ts';
import type { Bundle, BundleObject, Manifest } from '../bundle/bundle.ts';
import { PHASES, type Phase } from '../bundle/phase.ts';
import { forEachAtOnce } from '../core/at-once.ts';
import type { ApiClient } from './api-client.ts';
import { applyObject, type Outcome } from './apply-object.ts';
import type { Report } from './cluster-error.ts';
import { installCrds, untilServed } from './crds.ts';
import { discoverKinds, type ServedKinds } from './discovery.ts';
import { moduleCrds } from './module-crds.ts';

export interface AppliedObject {
  readonly object: BundleObject;
  readonly outcome: Outcome;
  /** What the server warns of, such as deprecated fields. */
  readonly warnings: readonly string[];
}

const isCrd = (manifest: Manifest): boolean => applyGroup(manifest) === 'definitions';
/** Where nothing answers them, these would refuse whatever they are asked about. */
const isWebhook = (manifest: Manifest): boolean => applyGroup(manifest) === 'webhooks';

/** Installs the definitions that the bundle's objects need and neither it nor the server has; returns what is served then. */
export async function installModuleCrds(client: ApiClient, bundle: Bundle, report: Report): Promise<ServedKinds> {
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
  return crds.length > 0 ? installCrds(client, crds) : served;
}

/** What runs beside the control plane. */
export interface RunningControllers {
  /** Starts them; called once their own objects are there, before their webhooks are put in force. */
  readonly start: () => Promise<void>;
  /** Whether one of them answers a webhook configuration. */
  readonly answer: (webhookConfiguration: Manifest) => boolean;
  /** Waits until they do all of their work; called once their webhooks are in force, and at the end. */
  readonly settle: () => Promise<void>;
}

const NO_CONTROLLERS: RunningControllers = {
  start: () => Promise.resolve(),
  answer: () => false,
  settle: () => Promise.resolve(),
};

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
  const applied: AppliedObject[] = [];
  for (const group of APPLY_GROUPS) {
    if (group === 'webhooks' && phase === '20-controllers') await controllers.start();
    const members = objects.filter(({ manifest }) => applyGroup(manifest) === group);
    applied.push(...(await forEachAtOnce(members, apply)));
  }
  if (phase === '20-controllers') await controllers.settle();
  return applied;
}

/**
 * Applies a bundle phase by phase and group by group, the objects of a group several at once. Webhooks, the last group,
 * are only checked where no controller answers them. Definitions are served before the next phase
 * begins. Nothing is skipped: every object has an outcome.
 */
export async function applyBundle(
  client: ApiClient,
  bundle: Bundle,
  report: Report,
  controllers: RunningControllers = NO_CONTROLLERS,
): Promise<readonly AppliedObject[]> {
  let kinds = await installModuleCrds(client, bundle, report);
  const applied: AppliedObject[] = [];
  const byPhase = (phase: Phase): readonly BundleObject[] => bundle.objects.filter((object) => object.phase === phase);
  for (const phase of PHASES) {
    const objects = byPhase(phase);
    if (objects.length === 0 && phase !== '20-controllers') continue;
    report(`${phase}: ${objects.length} objects`);
    const outcomes = await applyPhase(client, kinds, phase, objects, controllers);
    applied.push(...outcomes);
    const crds = outcomes.filter(({ object, outcome }) => isCrd(object.manifest) && outcome.kind !== 'refused');
    if (crds.length > 0) {
      kinds = await untilServed(
        client,
        crds.map(({ object }) => object.manifest.metadata.name),
      );
    }
  }
  await controllers.settle();
  return applied;
}
