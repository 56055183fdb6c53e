import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute and more, longest first. The others follow in any order, and fill the gaps. */
const LONGEST = [
  'pulumi',
  'pulumi-faults',
  'pulumi-staging',
  'pulumi-helm',
  'karpenter',
  'karpenter-protection',
  'warm-capacity',
  'apply',
  'controllers',
  'placement',
  'processes',
  'tenants',
];

const rank = ({ moduleId }: TestSpecification): number => {
  const index = LONGEST.indexOf(basename(moduleId, '.test.ts'));
  return index === -1 ? LONGEST.length : index;
};

/** Begins with the files that take longest, so that none of them runs alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const known = await super.sort(files);
    return known.sort((a, b) => rank(a) - rank(b));
  }
}
