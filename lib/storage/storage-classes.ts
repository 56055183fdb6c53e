import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { EBS_DRIVER, EFS_DRIVER } from '../catalog/csi-drivers.ts';
import { declareOrigin } from '../constructs/origin.ts';
import type { Platform } from '../model/platform.ts';
import type { StorageClassChoice } from '../model/storage.ts';

type EbsClass = Extract<StorageClassChoice, { kind: 'ebs' }>;
type EfsClass = Extract<StorageClassChoice, { kind: 'efs' }>;

/** Folder of the file system below which EFS makes one directory per claim, apart from the home directories. */
const EFS_CLAIMS_PATH = '/claims';

/** Parameters: aws-ebs-csi-driver docs/parameters.md; encryption is off there unless stated. */
function ebsClass(choice: EbsClass): k8s.KubeStorageClassProps {
  return {
    metadata: {
      name: choice.name,
      ...(choice.default ? { annotations: { [ANNOTATIONS.defaultStorageClass]: 'true' } } : {}),
    },
    provisioner: EBS_DRIVER,
    parameters: { type: 'gp3', encrypted: 'true' },
    reclaimPolicy: 'Delete',
    allowVolumeExpansion: true,
    // A volume lives in one zone: it is made in the zone of the node that its first pod got.
    volumeBindingMode: 'WaitForFirstConsumer',
  };
}

/**
 * Parameters: aws-efs-csi-driver docs/parameters.md. Each claim gets an access point, and EFS puts the access point's
 * user in place of whoever writes: such volumes hold the state of one application, never homes of many users. The user
 * is root, because servers that hand files to other users fail under any other (aws-efs-csi-driver #300, #393); it is
 * root of that one directory only.
 */
function efsClass(choice: EfsClass): k8s.KubeStorageClassProps {
  return {
    metadata: { name: choice.name },
    provisioner: EFS_DRIVER,
    parameters: {
      provisioningMode: 'efs-ap',
      fileSystemId: choice.fileSystemId,
      directoryPerms: '700',
      basePath: EFS_CLAIMS_PATH,
      uid: '0',
      gid: '0',
    },
    // Takes the access point away and leaves the directory.
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
  };
}

export interface StorageClassesProps {
  readonly platform: Platform;
}

/** The storage classes of the environment; those that exist already are used, not made. Phase 10-foundation. */
export class StorageClasses extends Construct {
  constructor(scope: Construct, id: string, { platform }: StorageClassesProps) {
    super(scope, id);
    platform.environment.storage.classes.forEach((choice, index) => {
      if (choice.kind === 'existing') return;
      const item = new Construct(this, choice.name);
      declareOrigin(item, ['storage', 'classes', index]);
      new k8s.KubeStorageClass(item, 'class', choice.kind === 'ebs' ? ebsClass(choice) : efsClass(choice));
    });
  }
}
