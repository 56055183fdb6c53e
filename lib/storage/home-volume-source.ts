import type { k8s } from 'cdk8s-plus-29';
import { EFS_DRIVER } from '../catalog/csi-drivers.ts';
import type { Storage } from '../model/storage.ts';

type HomeVolume = Storage['homes']['volume'];

/** What a PersistentVolume says about where its files are. */
export interface VolumeSource {
  readonly mountOptions: readonly string[];
  readonly source: Pick<k8s.PersistentVolumeSpec, 'csi' | 'nfs'>;
}

/**
 * Handle of an EFS volume, `<file system>:<path>[:<access point>]` (aws-efs-csi-driver pkg/driver/node.go parseVolumeId).
 *
 * Kubernetes takes a handle for the identity of a volume: the kubelet mounts only one of two volumes that share one in a
 * pod (kubernetes #91556, #132921), and scheduler and kubelet count both as one. All our volumes are the root of the
 * same file system, so the handle needs a part that differs without meaning anything: the driver cleans the path
 * (Go `path.Clean`, on text alone), and `/<volume>/..` is `/`, whether a folder of that name exists or not.
 */
function efsHandle(volume: Extract<HomeVolume, { kind: 'efs' }>, name: string): string {
  const handle = `${volume.fileSystemId}:/${name}/..`;
  return volume.accessPointId === undefined ? handle : `${handle}:${volume.accessPointId}`;
}

/** Source and mount options of the volume `name`; several names give several volumes of the same files. */
export function homeVolumeSource(volume: HomeVolume, name: string): VolumeSource {
  switch (volume.kind) {
    case 'efs':
      // The driver mounts with TLS unless told otherwise.
      return { mountOptions: [], source: { csi: { driver: EFS_DRIVER, volumeHandle: efsHandle(volume, name) } } };
    case 'nfs':
      return { mountOptions: volume.mountOptions, source: { nfs: { server: volume.server, path: volume.path } } };
  }
}
