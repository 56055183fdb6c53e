import { Construct } from 'constructs';
import { AWS_POLICIES, awsPolicyArn } from '../catalog/aws-policies.ts';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { fitName } from '../core/names.ts';
import { type CloudSite, hasOwnKey, isProtected } from './cloud-site.ts';

/** Longest creation token, by which EFS knows a file system from the moment it is asked for (EFS API, CreateFileSystem). */
const MAX_CREATION_TOKEN = 64;

/** The file system of home directories and shared state. Empty where the environment names one that exists. */
export class FileSystem extends Construct {
  constructor(scope: Construct, id: string, site: CloudSite) {
    super(scope, id);
    declareOrigin(this, ['cluster', 'cloud', 'fileSystem']);
    const { cluster, cloud } = site;
    if (cloud.fileSystem === undefined) return;
    const { throughput, infrequentAccessAfter, backupRetentionDays } = cloud.fileSystem;
    new CloudResource(this, 'file-system', {
      kind: 'efs-file-system',
      name: fitName(`${cluster.name}-homes`, MAX_CREATION_TOKEN),
      spec: {
        throughput,
        ...(infrequentAccessAfter === 'never' ? {} : { infrequentAccessAfter }),
        zones: cluster.zones,
        ownKey: hasOwnKey(site),
        backupRetentionDays,
        backupPolicies: [AWS_POLICIES.backup, AWS_POLICIES.backupRestore].map((policy) =>
          awsPolicyArn(cluster.region, policy),
        ),
        protected: isProtected(site),
      },
    });
  }
}
