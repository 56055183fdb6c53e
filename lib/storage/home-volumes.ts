import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { declareOrigin } from '../constructs/origin.ts';
import { formatBytes } from '../core/quantity.ts';
import type { Platform } from '../model/platform.ts';
import { HOME_CLAIM } from '../model/storage.ts';
import { homeVolumeSource } from './home-volume-source.ts';

/** A namespace that mounts the home directories. */
interface HomeMount {
  /** Name of the PersistentVolume, unique in the cluster. */
  readonly volume: string;
  readonly namespace: string;
}

/** Servers and sessions of Workbench; one mount where both live in the same namespace. */
function homeMounts({ environment }: Platform): readonly HomeMount[] {
  const { namespace, sessionNamespace } = environment.workbench;
  const servers = { volume: HOME_CLAIM, namespace };
  return namespace === sessionNamespace
    ? [servers]
    : [servers, { volume: `${HOME_CLAIM}-sessions`, namespace: sessionNamespace }];
}

export interface HomeVolumesProps {
  readonly platform: Platform;
}

/**
 * The home directories: a claim binds one volume and lives in one namespace, so every namespace that mounts the homes
 * has a claim (`HOME_CLAIM`) and a volume of its own, all of the same file system. Phase 60-workloads.
 *
 * Volumes outlive their claims (`Retain`). A claim that was deleted and made anew binds again once the `uid` in its
 * volume's `spec.claimRef` is taken away.
 */
export class HomeVolumes extends Construct {
  constructor(scope: Construct, id: string, { platform }: HomeVolumesProps) {
    super(scope, id);
    declareOrigin(this, ['storage', 'homes']);
    const { volume, size } = platform.environment.storage.homes;
    const storage = k8s.Quantity.fromString(formatBytes(size));
    for (const mount of homeMounts(platform)) {
      const { mountOptions, source } = homeVolumeSource(volume, mount.volume);
      new k8s.KubePersistentVolume(this, `${mount.volume}-volume`, {
        metadata: { name: mount.volume },
        spec: {
          capacity: { storage },
          accessModes: ['ReadWriteMany'],
          persistentVolumeReclaimPolicy: 'Retain',
          storageClassName: '',
          ...(mountOptions.length > 0 ? { mountOptions: [...mountOptions] } : {}),
          // Nobody else's claim may bind the homes of all users, whatever it asks for.
          claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: mount.namespace, name: HOME_CLAIM },
          ...source,
        },
      });
      new k8s.KubePersistentVolumeClaim(this, `${mount.volume}-claim`, {
        metadata: { name: HOME_CLAIM, namespace: mount.namespace },
        spec: {
          accessModes: ['ReadWriteMany'],
          // Empty, not left out: otherwise the default class would make a volume.
          storageClassName: '',
          volumeName: mount.volume,
          resources: { requests: { storage } },
        },
      });
    }
  }
}
