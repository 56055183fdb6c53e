import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { cloudInput } from '../fixtures/cloud.ts';
import type { Draft } from '../fixtures/mutate.ts';
import type { CorpusCase } from './corpus-case.ts';

function cloudOf(draft: Draft<EnvironmentInput>) {
  if (draft.cluster.kind !== 'eks' || !draft.cluster.cloud) throw new Error('The fixture has no cloud.');
  return draft.cluster.cloud;
}

/** Changes of what is made in AWS. */
export const CLOUD_CHANGES: readonly CorpusCase[] = [
  {
    name: 'cloud-upgraded',
    base: cloudInput(),
    change: (draft) => {
      draft.kubernetesVersion = '1.37';
    },
    foresees: ['disruptive cloud-resource', 'care node-group', 'care namespace-rule'],
  },
  {
    name: 'cloud-encrypted-by-the-services',
    base: cloudInput(),
    change: (draft) => {
      cloudOf(draft).encryption = 'aws-keys';
    },
    foresees: ['dangerous cloud-resource'],
  },
  {
    name: 'cloud-database-larger',
    base: cloudInput(),
    change: (draft) => {
      cloudOf(draft).database = { instanceClass: 'db.m7g.large' };
    },
    foresees: ['disruptive cloud-resource'],
  },
  {
    name: 'cloud-homes-elsewhere',
    base: cloudInput(),
    change: (draft) => {
      const fileSystemId = 'fs-0123456789abcdef0';
      delete cloudOf(draft).fileSystem;
      for (const each of draft.storage.classes) if (each.kind === 'efs') each.fileSystemId = fileSystemId;
      draft.storage.homes = { volume: { kind: 'efs', fileSystemId } };
    },
    foresees: ['dangerous cloud-resource', 'disruptive immutable-field', 'care immutable-field'],
  },
  {
    // Tags of nodes stand in launch templates and in EC2NodeClasses: for a new one every node is replaced.
    name: 'cloud-tagged',
    base: cloudInput(),
    change: (draft) => {
      cloudOf(draft).tags = { 'cost-center': 'research' };
    },
    foresees: ['care node-drift', 'care node-group', 'care helm-release'],
  },
];
