import { CLOUD_TAGS } from '../catalog/labels.ts';
import { cloudOf, type EksCluster } from './cluster.ts';
import type { Environment } from './environment.ts';

type Tags = Readonly<Record<string, string>>;

/** Tags of everything in AWS that is made for an environment, whoever makes it. */
export function cloudTags(environment: Environment): Tags {
  return {
    ...cloudOf(environment)?.tags,
    [CLOUD_TAGS.environment]: environment.name,
    [CLOUD_TAGS.madeBy]: 'atelier',
  };
}

/** Tags of the VPC of a cluster, beside those of everything. */
export function vpcTags({ name }: EksCluster): Tags {
  return { [CLOUD_TAGS.name]: name };
}
