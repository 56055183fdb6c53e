import { Provider } from '@pulumi/aws/provider.js';
import { cloudTags } from '../../model/cloud-tags.ts';
import type { Environment } from '../../model/environment.ts';

/**
 * The account and region that the environment names. Credentials are those of whoever runs Pulumi; those of another
 * account are refused before anything is made there.
 */
export function accountProvider(name: string, environment: Environment): Provider {
  const { cluster } = environment;
  if (cluster.kind !== 'eks') throw new Error(`The environment "${environment.name}" does not run on AWS.`);
  return new Provider(name, {
    region: cluster.region,
    allowedAccountIds: [cluster.accountId],
    defaultTags: { tags: cloudTags(environment) },
  });
}
