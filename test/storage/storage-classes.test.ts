import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { originOf } from '../../lib/constructs/origin.ts';
import { StorageClasses } from '../../lib/storage/storage-classes.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';

const classesOf = (input = eksInput()) => {
  const platform = platformOf(input);
  return synthesize((scope) => new StorageClasses(scope, 'classes', { platform }));
};

describe('StorageClasses', () => {
  it('GIVEN an ebs class that is the default WHEN made THEN volumes are encrypted gp3, in the zone of their first pod', () => {
    const { gp3 } = manifestsOf(classesOf(), 'StorageClass');
    expect(gp3).toMatchObject({
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true' },
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
      metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    });
  });

  it('GIVEN an ebs class that is not the default WHEN made THEN it has no annotation', () => {
    const storage = { ...eksInput().storage, classes: [{ kind: 'ebs' as const, name: 'gp3' }] };
    const { gp3 } = manifestsOf(classesOf(eksInput({ storage: { ...storage, shared: 'gp3' } })), 'StorageClass');
    expect(gp3?.metadata).toEqual({ name: 'gp3' });
  });

  it('GIVEN an efs class WHEN made THEN claims get access points of root under one folder', () => {
    const { efs } = manifestsOf(classesOf(), 'StorageClass');
    expect(efs).toMatchObject({
      provisioner: 'efs.csi.aws.com',
      parameters: {
        provisioningMode: 'efs-ap',
        fileSystemId: 'fs-0123456789abcdef0',
        directoryPerms: '700',
        basePath: '/claims',
        uid: '0',
        gid: '0',
      },
      volumeBindingMode: 'Immediate',
    });
    expect(efs).not.toHaveProperty('allowVolumeExpansion');
  });

  it('GIVEN classes that exist WHEN made THEN nothing is', () => {
    expect(classesOf(onPremisesInput()).objects).toEqual([]);
  });

  it('GIVEN two classes WHEN made THEN each knows the line that asked for it', () => {
    const platform = platformOf(eksInput());
    const classes = new StorageClasses(new Chart(new App(), 'test'), 'classes', { platform });
    const objects = classes.node.findAll().filter((each) => ApiObject.isApiObject(each));
    expect(objects.map((each) => originOf(each as ApiObject))).toEqual([
      ['storage', 'classes', 0],
      ['storage', 'classes', 1],
    ]);
  });
});
