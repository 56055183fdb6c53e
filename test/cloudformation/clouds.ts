import type { Bundle } from '../../lib/bundle/bundle.ts';
import { listEnvironments } from '../../lib/loader/find.ts';
import { cloudOf } from '../../lib/model/cluster.ts';
import { synthesize } from '../../stacks/synth.ts';
import { bundleOf } from '../e2e/environments.ts';
import { type CloudTemplate, cloudTemplate } from './template.ts';
import { everyNodeGroup, inPartition, optionVariants } from './variants.ts';

/** The environments that make something in AWS. */
export async function environmentClouds(): Promise<readonly Bundle[]> {
  const bundles = await Promise.all(listEnvironments().map(({ name }) => bundleOf(name)));
  return bundles.filter(({ platform }) => cloudOf(platform.environment) !== undefined);
}

/** What environments could make beside that: every value of every option, every node group, other partitions. */
export function variantClouds(): readonly Bundle[] {
  const inputs = [
    ...optionVariants(),
    everyNodeGroup(),
    inPartition('aws-cn', 'cn-northwest-1'),
    inPartition('aws-us-gov', 'us-gov-west-1'),
  ];
  return inputs.map((input) => {
    const synthesis = synthesize(input);
    if (synthesis.kind !== 'invalid') return synthesis.bundle;
    throw new Error(synthesis.problems.map(({ message }) => message).join('\n'));
  });
}

/** Their templates, made one after the other: Pulumi's mocks are one for a process. */
export async function cloudTemplates(bundles: readonly Bundle[]): Promise<readonly CloudTemplate[]> {
  const templates: CloudTemplate[] = [];
  for (const bundle of bundles) templates.push(await cloudTemplate(bundle));
  return templates;
}
