import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import { HOME_CLAIM } from '../../lib/model/storage.ts';
import { homeVolumeSource } from '../../lib/storage/home-volume-source.ts';
import { HomeVolumes } from '../../lib/storage/home-volumes.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';

const objectsOf = (input = eksInput()): readonly Manifest[] => {
  const platform = platformOf(input);
  return synthesize((scope) => new HomeVolumes(scope, 'homes', { platform })).objects.map(({ manifest }) => manifest);
};
const ofKind = (objects: readonly Manifest[], kind: string) => objects.filter((object) => object.kind === kind);

describe('HomeVolumes', () => {
  it('GIVEN two namespaces WHEN made THEN each has the claim, pinned to a volume that only it may bind (WB-6)', () => {
    const objects = objectsOf();
    const claims = ofKind(objects, 'PersistentVolumeClaim');
    expect(claims.map(({ metadata }) => [metadata.namespace, metadata.name])).toEqual([
      ['workbench', HOME_CLAIM],
      ['workbench-sessions', HOME_CLAIM],
    ]);
    for (const claim of claims) {
      const { volumeName } = claim.spec as { volumeName: string };
      const volume = ofKind(objects, 'PersistentVolume').find(({ metadata }) => metadata.name === volumeName);
      expect(volume?.spec).toMatchObject({
        claimRef: { kind: 'PersistentVolumeClaim', namespace: claim.metadata.namespace, name: HOME_CLAIM },
        persistentVolumeReclaimPolicy: 'Retain',
        accessModes: ['ReadWriteMany'],
        storageClassName: '',
      });
      expect(claim.spec).toMatchObject({ storageClassName: '', accessModes: ['ReadWriteMany'] });
    }
  });

  it('GIVEN servers and sessions in one namespace WHEN made THEN there is one volume and one claim', () => {
    const workbench = { ...eksInput().workbench, namespace: 'data', sessionNamespace: 'data' };
    const input = platformOf(eksInput());
    const environment = { ...input.environment, workbench: { ...input.environment.workbench, ...workbench } };
    const platform = { ...input, environment: environment as typeof input.environment };
    const { objects } = synthesize((scope) => new HomeVolumes(scope, 'homes', { platform }));
    expect(objects.map(({ manifest }) => manifest.kind)).toEqual(['PersistentVolume', 'PersistentVolumeClaim']);
  });

  it('GIVEN an EFS file system WHEN made THEN handles differ and all mean its root', () => {
    const handles = ofKind(objectsOf(), 'PersistentVolume').map(
      ({ spec }) => (spec as { csi: { volumeHandle: string } }).csi.volumeHandle,
    );
    expect(new Set(handles).size).toBe(2);
    // As parseVolumeId of aws-efs-csi-driver reads it: file system, path (cleaned), access point.
    for (const handle of handles) {
      const [fileSystem, path = '', ...rest] = handle.split(':');
      expect([fileSystem, posix.normalize(path), rest]).toEqual(['fs-0123456789abcdef0', '/', []]);
    }
  });

  it('GIVEN an access point WHEN made THEN it is the third field of the handle', () => {
    const volume = { kind: 'efs', fileSystemId: 'fs-01234567', accessPointId: 'fsap-01234567' } as const;
    const { source } = homeVolumeSource(volume, 'homes');
    expect(source.csi?.volumeHandle).toBe('fs-01234567:/homes/..:fsap-01234567');
  });

  it('GIVEN an NFS export WHEN made THEN volumes name it and its mount options', () => {
    const [volume] = ofKind(objectsOf(onPremisesInput()), 'PersistentVolume');
    expect(volume?.spec).toMatchObject({
      nfs: { server: 'nfs.example.org', path: '/export/home' },
      mountOptions: ['nfsvers=4.1', 'hard'],
      capacity: { storage: '1Ti' },
    });
  });
});
