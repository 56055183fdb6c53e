import { parseBytes } from '../../core/quantity.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import type { Rule } from '../rule.ts';

interface ClaimSpec {
  readonly volumeName?: string;
  readonly storageClassName?: string;
  readonly accessModes?: readonly string[];
  readonly resources?: { readonly requests?: { readonly storage?: string } };
}

interface VolumeSpec {
  readonly storageClassName?: string;
  readonly accessModes?: readonly string[];
  readonly capacity?: { readonly storage?: string };
  readonly claimRef?: { readonly namespace?: string; readonly name?: string };
}

/** The first reason why the claim is never bound to the volume it names. */
function obstacle(
  claim: ClaimSpec,
  volume: VolumeSpec,
  namespace: string | undefined,
  name: string,
): string | undefined {
  const { claimRef } = volume;
  if (claimRef && (claimRef.name !== name || claimRef.namespace !== namespace)) {
    return `it is kept for the claim "${claimRef.namespace}/${claimRef.name}"`;
  }
  if ((claim.storageClassName ?? '') !== (volume.storageClassName ?? '')) {
    return `its class is "${volume.storageClassName ?? ''}", not "${claim.storageClassName ?? ''}"`;
  }
  const lacking = (claim.accessModes ?? []).filter((mode) => !(volume.accessModes ?? []).includes(mode));
  if (lacking.length > 0) return `it does not offer ${lacking.join(', ')}`;
  const wanted = parseBytes(claim.resources?.requests?.storage ?? '0') ?? 0;
  const offered = parseBytes(volume.capacity?.storage ?? '0') ?? 0;
  return wanted > offered
    ? `${claim.resources?.requests?.storage} is more than its ${volume.capacity?.storage}`
    : undefined;
}

export const claimAndVolume: Rule = {
  id: 'OBJ007',
  title: 'A claim that names its volume can be bound to it',
  severity: 'error',
  protectsFrom: 'home directories that never mount, because claim and volume disagree and the claim stays Pending',
  because:
    'A claim is bound to the volume it names only if the volume has the same class, all access modes and the size that is asked for, and is not kept for another claim. Otherwise it waits without end.',
  source: 'Kubernetes 1.36, pkg/controller/volume/persistentvolume/pv_controller.go checkVolumeSatisfyClaim',
  example: {
    of: 'objects',
    breaks: `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: workbench-homes, namespace: workbench }
spec: { storageClassName: efs }`,
    mended: `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: workbench-homes, namespace: workbench }
spec: { storageClassName: "" }`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    return inventory.ofKind('PersistentVolumeClaim').flatMap((claim) => {
      const spec = (claim.manifest.spec ?? {}) as ClaimSpec;
      if (spec.volumeName === undefined) return [];
      const { namespace, name } = claim.manifest.metadata;
      const volume = inventory.find('PersistentVolume', undefined, spec.volumeName);
      const reason = volume
        ? obstacle(spec, (volume.manifest.spec ?? {}) as VolumeSpec, namespace, name)
        : 'nothing makes it';
      if (reason === undefined) return [];
      const message = `names the volume "${spec.volumeName}", and can never be bound to it: ${reason}.`;
      return [aboutObject(claim, message, 'Give claim and volume the same class, modes and size.')];
    });
  },
};
