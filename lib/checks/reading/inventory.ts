import type { Bundle, BundleObject, Manifest } from '../../bundle/bundle.ts';
import type { Finding } from '../rule.ts';
import { remember } from './remember.ts';

/** What a Bundle makes, by what it is called. */
export interface Inventory {
  readonly ofKind: (kind: string) => readonly BundleObject[];
  /** The object, or `undefined`. Cluster-scoped objects have no namespace. */
  readonly find: (kind: string, namespace: string | undefined, name: string) => BundleObject | undefined;
  /** Whether a chart installs into the namespace and may have made there what the Bundle does not. */
  readonly hasRelease: (namespace: string) => boolean;
  /** Whether what the Bundle makes in the namespace is all that runs there: no chart, no user, no launcher adds to it. */
  readonly isComplete: (namespace: string) => boolean;
}

const identity = (kind: string, namespace: string | undefined, name: string): string =>
  `${kind} ${namespace ?? ''} ${name}`;

/** The inventory of a Bundle. */
export const inventoryOf: (bundle: Bundle) => Inventory = remember((bundle) => {
  const byKind = new Map<string, BundleObject[]>();
  const byIdentity = new Map<string, BundleObject>();
  for (const object of bundle.objects) {
    const { kind, metadata } = object.manifest;
    const list = byKind.get(kind);
    if (list) list.push(object);
    else byKind.set(kind, [object]);
    byIdentity.set(identity(kind, metadata.namespace, metadata.name), object);
  }
  const installed = new Set(bundle.releases.map(({ namespace }) => namespace));
  // Some charts put objects elsewhere too; the one of Workbench puts its launcher's rights into the session namespace.
  const ours = new Set(
    bundle.platform.namespaces
      .filter(({ made, tier }) => made && (tier === 'platform' || tier === 'reservation'))
      .map(({ name }) => name)
      .filter((name) => !installed.has(name)),
  );
  return {
    ofKind: (kind) => byKind.get(kind) ?? [],
    find: (kind, namespace, name) => byIdentity.get(identity(kind, namespace, name)),
    hasRelease: (namespace) => installed.has(namespace),
    isComplete: (namespace) => ours.has(namespace),
  };
});

/** `Service "hnc-system/webhook"`, `ClusterRole "atelier:tenant-owner"`. */
export function describeObject({ kind, metadata: { name, namespace } }: Manifest): string {
  return `${kind} "${namespace === undefined ? name : `${namespace}/${name}`}"`;
}

/** A finding about an object of the Bundle. */
export function aboutObject({ manifest, origin }: BundleObject, message: string, hint: string): Finding {
  return { at: origin, subject: describeObject(manifest), message, hint };
}
