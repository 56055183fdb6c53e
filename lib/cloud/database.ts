import { Construct } from 'constructs';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { fitName } from '../core/names.ts';
import { GiB } from '../core/quantity.ts';
import { type CloudSite, hasOwnKey, isProtected } from './cloud-site.ts';

/**
 * Identifier of the database server: begins with a letter, at most 63 characters, no two hyphens in a row (RDS API,
 * CreateDBInstance).
 */
function identifier(cluster: string): string {
  return fitName(`workbench-${cluster}`.replace(/-+/g, '-'));
}

/** Makes the role that Workbench logs in as, and is used for nothing else. */
const MASTER_USER = 'atelier';

/** The database of Workbench. Empty where the environment names one that exists, or uses SQLite. */
export class Database extends Construct {
  constructor(scope: Construct, id: string, site: CloudSite) {
    super(scope, id);
    declareOrigin(this, ['cluster', 'cloud', 'database']);
    const { cluster, cloud, platform } = site;
    const { database } = platform.environment.workbench;
    if (cloud.database === undefined || database.kind !== 'postgresql') return;
    const { storage, maxStorage, version, instanceClass, multiZone, backupRetentionDays } = cloud.database;
    new CloudResource(this, 'database', {
      kind: 'rds-postgresql',
      name: identifier(cluster.name),
      spec: {
        version,
        instanceClass,
        storageGiB: storage / GiB,
        maxStorageGiB: maxStorage / GiB,
        multiZone,
        database: database.database,
        port: database.port,
        masterUser: MASTER_USER,
        ownKey: hasOwnKey(site),
        backupRetentionDays,
        logRetentionDays: cloud.controlPlane.logRetentionDays,
        protected: isProtected(site),
      },
    });
  }
}
