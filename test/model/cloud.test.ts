import { describe, expect, test } from 'vitest';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { parseEnvironment } from '../../lib/model/parse.ts';
import { type CloudInput, cloudInput } from '../fixtures/cloud.ts';
import { eksInput, environmentOf, onPremisesInput } from '../fixtures/environment.ts';
import { type Draft, findingsAfter, reportAfter } from '../fixtures/mutate.ts';

type DraftEnvironment = Draft<EnvironmentInput>;
type Change = (cloud: Draft<CloudInput>, draft: DraftEnvironment) => void;

function cloudOf(draft: DraftEnvironment): Draft<CloudInput> {
  if (draft.cluster.kind !== 'eks' || !draft.cluster.cloud) throw new Error('The fixture has no cloud.');
  return draft.cluster.cloud;
}

const CASES: readonly (readonly [string, string, Change])[] = [
  [
    'one zone',
    'REF016 cluster.zones',
    (_, draft) => {
      if (draft.cluster.kind === 'eks') draft.cluster.zones = ['eu-central-1a'];
    },
  ],
  [
    'a VPC that is too small for pods',
    'REF016 cluster.cloud.network.cidr',
    (cloud) => {
      cloud.network = { kind: 'new', cidr: '10.0.0.0/21' };
    },
  ],
  [
    'a VPC larger than AWS makes them',
    'REF016 cluster.cloud.network.cidr',
    (cloud) => {
      cloud.network = { kind: 'new', cidr: '10.0.0.0/15' };
    },
  ],
  [
    'Services among the addresses of the VPC',
    'REF016 cluster.cloud.controlPlane.serviceCidr',
    (cloud) => {
      cloud.controlPlane.serviceCidr = '10.0.64.0/18';
    },
  ],
  [
    'Services on public addresses',
    'REF016 cluster.cloud.controlPlane.serviceCidr',
    (cloud) => {
      cloud.controlPlane.serviceCidr = '172.32.0.0/16';
    },
  ],
  [
    'a zone without a subnet',
    'REF016 cluster.cloud.network.privateSubnets',
    (cloud) => {
      cloud.network = {
        kind: 'existing',
        vpcId: 'vpc-0123456789abcdef0',
        privateSubnets: { 'eu-central-1a': 'subnet-0123456789abcdef0' },
      };
    },
  ],
  [
    'a subnet in a zone that the cluster does not have',
    'REF016 cluster.cloud.network.privateSubnets.eu-central-1c',
    (cloud) => {
      cloud.network = {
        kind: 'existing',
        vpcId: 'vpc-0123456789abcdef0',
        privateSubnets: {
          'eu-central-1a': 'subnet-0123456789abcdef0',
          'eu-central-1b': 'subnet-0123456789abcdef1',
          'eu-central-1c': 'subnet-0123456789abcdef2',
        },
      };
    },
  ],
  [
    'somebody who may read what they may do everything with',
    'REF016 cluster.cloud.controlPlane.viewers[0]',
    (cloud) => {
      cloud.controlPlane.viewers = [...cloud.controlPlane.admins];
    },
  ],
  [
    'a database that nobody uses',
    'REF016 cluster.cloud.database',
    (_, draft) => {
      draft.workbench.database = { kind: 'sqlite' };
    },
  ],
  [
    'storage that cannot grow',
    'REF016 cluster.cloud.database.maxStorage',
    (cloud) => {
      cloud.database = { storage: '100Gi', maxStorage: '109Gi' };
    },
  ],
  [
    'less storage than RDS begins with',
    'REF016 cluster.cloud.database.storage',
    (cloud) => {
      cloud.database = { storage: '10Gi' };
    },
  ],
  [
    "repositories in somebody else's registry",
    'REF016 cluster.cloud.imageRepositories',
    (_, draft) => {
      draft.registry = { kind: 'ecr', host: '999900001111.dkr.ecr.eu-central-1.amazonaws.com' };
    },
  ],
  [
    'no node for DNS and the autoscaler',
    'REF016 nodePools',
    (_, draft) => {
      for (const { capacity } of draft.nodePools) if (capacity.kind === 'ec2') capacity.min = 0;
    },
  ],
  [
    'a file system that nobody makes',
    'REF017 storage.homes.volume.fileSystemId',
    (cloud) => {
      delete cloud.fileSystem;
    },
  ],
  [
    'a file system of a class that nobody makes',
    'REF017 storage.classes.efs.fileSystemId',
    (cloud) => {
      delete cloud.fileSystem;
    },
  ],
  [
    'a database that nobody makes',
    'REF017 workbench.database.host',
    (cloud) => {
      delete cloud.database;
    },
  ],
  [
    'a placeholder that Argo CD would apply as it stands (CLOUD-4)',
    'REF017 workbench.database.host',
    (_, draft) => {
      draft.gitOps = { tool: 'argo-cd', repository: 'https://git.example.org/platform.git' };
    },
  ],
];

describe('what a cloud cannot be (CLOUD-1)', () => {
  test('GIVEN a cloud with everything WHEN checked THEN nothing is wrong', () => {
    expect(findingsAfter(() => {}, cloudInput()).filter((each) => each.startsWith('REF'))).toEqual([]);
  });

  test.each(CASES)('GIVEN %s WHEN checked THEN %s', (_, finding, change) => {
    expect(findingsAfter((draft) => change(cloudOf(draft), draft), cloudInput())).toContain(finding);
  });

  test('GIVEN GitOps WHEN the ids of what the cloud made are stated THEN it is accepted', () => {
    const findings = findingsAfter((draft) => {
      draft.gitOps = { tool: 'argo-cd', repository: 'https://git.example.org/platform.git' };
      for (const each of draft.storage.classes) if (each.kind === 'efs') each.fileSystemId = 'fs-0123456789abcdef0';
      const { volume } = draft.storage.homes;
      if (volume.kind === 'efs') volume.fileSystemId = 'fs-0123456789abcdef0';
      if (draft.workbench.database.kind === 'postgresql') draft.workbench.database.host = 'db.example.org';
    }, cloudInput());
    expect(findings.filter((each) => each.startsWith('REF'))).toEqual([]);
  });

  test('GIVEN GitOps WHEN an id is left to the cloud THEN the message names who would apply it, and the remedy', () => {
    const report = reportAfter((draft) => {
      draft.gitOps = { tool: 'flux', repository: 'https://git.example.org/platform.git' };
    }, cloudInput());
    const problem = report.find(({ path }) => path === 'workbench.database.host');
    expect(problem?.message).toContain('flux would apply the placeholder');
    expect(problem?.hint).toContain('State host once `pulumi up` has made the database');
  });

  test.each([
    ['an existing EKS cluster', eksInput()],
    ['a cluster without a cloud', onPremisesInput()],
  ])('GIVEN %s WHEN a host is left out THEN somebody has to state it', (_, base) => {
    const findings = findingsAfter((draft) => {
      draft.workbench.database = { kind: 'postgresql', password: { name: 'db', key: 'password' } };
    }, base);
    expect(findings).toContain('REF017 workbench.database.host');
  });

  test('GIVEN a cluster on premises WHEN it has a cloud THEN that key is not known there', () => {
    const cloud = { controlPlane: { admins: ['arn:aws:iam::111122223333:role/deploy'] } };
    const input = onPremisesInput({ cluster: { kind: 'on-premises', name: 'test', cloud } as never });
    const parsed = parseEnvironment(input);
    expect(parsed.ok ? [] : parsed.problems.map(({ code }) => code)).toEqual(['ENV001']);
  });

  test.each([
    ['an ARN of a session', 'arn:aws:sts::111122223333:assumed-role/deploy/me'],
    ['a name', 'deploy'],
  ])('GIVEN %s as administrator WHEN read THEN it is refused, because nobody would get in', (_, principal) => {
    const parsed = parseEnvironment(cloudInput({ controlPlane: { admins: [principal] } }));
    expect(parsed.ok ? [] : parsed.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'ENV006 cluster.cloud.controlPlane.admins[0]',
    ]);
  });
});

describe('what a cloud is where nothing is said (CLOUD-1)', () => {
  test('GIVEN only administrators WHEN read THEN the rest is private, encrypted and protected', () => {
    const { cluster } = environmentOf(cloudInput());
    expect(cluster.kind === 'eks' && cluster.cloud).toMatchObject({
      network: { kind: 'new', cidr: '10.0.0.0/16', natGateways: 'one-per-zone', endpoints: ['s3'] },
      controlPlane: { publicAccess: [], logs: ['api', 'audit', 'authenticator'], support: 'standard' },
      addOns: {},
      fileSystem: { throughput: 'elastic', backupRetentionDays: 35 },
      database: { multiZone: true, backupRetentionDays: 14 },
      encryption: 'own-key',
      deletion: 'protected',
    });
  });
});
