import { apiGroup } from '../bundle/apply-group.ts';
import type { Manifest } from '../bundle/bundle.ts';

/** What happens to an object that is no longer wanted. */
export interface Protection {
  /** Pulumi forgets it, and leaves it on the cluster. */
  readonly retainOnDelete: boolean;
  /** Nothing may delete or replace it until a person takes that off (`pulumi state unprotect`). */
  readonly protect: boolean;
}

const UNPROTECTED: Protection = { retainOnDelete: false, protect: false };
/** With these goes what others made: everything in a namespace, every object of a kind. */
const RETAINED: Protection = { retainOnDelete: true, protect: false };
/** People's files. */
const PROTECTED: Protection = { retainOnDelete: true, protect: true };

const PROTECTION: Readonly<Record<string, Protection>> = {
  '/Namespace': RETAINED,
  'apiextensions.k8s.io/CustomResourceDefinition': RETAINED,
  // HNC's webhook refuses to let it be deleted (hierarchical-namespaces, internal/hncconfig/validator.go).
  'hnc.x-k8s.io/HNCConfiguration': RETAINED,
  '/PersistentVolume': PROTECTED,
  '/PersistentVolumeClaim': PROTECTED,
};

/** By kind alone, so that it can be known from a manifest what `pulumi up` and `pulumi destroy` will leave in place. */
export function protectionOf(manifest: Pick<Manifest, 'apiVersion' | 'kind'>): Protection {
  return PROTECTION[`${apiGroup(manifest)}/${manifest.kind}`] ?? UNPROTECTED;
}
