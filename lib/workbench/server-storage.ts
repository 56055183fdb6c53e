import type { Environment } from '../model/environment.ts';
import { HOME_CLAIM } from '../model/storage.ts';

/** Home directories: the claim exists in both namespaces, and the chart tells the launcher to mount it. */
export type HomeStorageValues = {
  readonly create: false;
  readonly mount: true;
  readonly name: string;
  readonly path: string;
};

/** State of the servers: who is signed in, which sessions run, and SQLite's file. */
export type SharedStorageValues = {
  readonly create: true;
  readonly name: string;
  readonly storageClassName: string;
  readonly accessModes: readonly string[];
  readonly requests: { readonly storage: string };
};

export function homeStorageValues(): HomeStorageValues {
  return { create: false, mount: true, name: HOME_CLAIM, path: '/home' };
}

/**
 * SQLite wants a disk of its own (file locks over a network are not to be trusted), several servers want one they share.
 * The two are different claims, so that changing over leaves the old one untouched.
 */
export function sharedStorageValues({ workbench, storage }: Environment): SharedStorageValues {
  const alone = workbench.database.kind === 'sqlite';
  return {
    create: true,
    name: alone ? 'workbench-state' : 'workbench-shared-state',
    storageClassName: alone ? storage.block : storage.shared,
    accessModes: [alone ? 'ReadWriteOnce' : 'ReadWriteMany'],
    requests: { storage: '10Gi' },
  };
}
