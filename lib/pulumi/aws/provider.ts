import { Provider } from '@pulumi/aws/provider.js';
import type { CustomResourceOptions } from '@pulumi/pulumi';
import { CLOUD_TAGS } from '../../catalog/labels.ts';
import { cloudOf } from '../../model/cluster.ts';
import type { Environment } from '../../model/environment.ts';

/** Tags of everything that is made for an environment. */
export function cloudTags(environment: Environment): Readonly<Record<string, string>> {
  return {
    ...cloudOf(environment)?.tags,
    [CLOUD_TAGS.environment]: environment.name,
    [CLOUD_TAGS.madeBy]: 'atelier',
  };
}

/**
 * The account and region that the environment names. Credentials are those of whoever runs Pulumi; those of another
 * account are refused before anything is made there.
 */
export function accountProvider(name: string, environment: Environment, opts: CustomResourceOptions): Provider {
  const { cluster } = environment;
  if (cluster.kind !== 'eks') throw new Error(`The environment "${environment.name}" does not run on AWS.`);
  return new Provider(
    name,
    {
      region: cluster.region,
      allowedAccountIds: [cluster.accountId],
      defaultTags: { tags: cloudTags(environment) },
    },
    opts,
  );
}
