import type { Input, Output, Resource } from '@pulumi/pulumi';

/** Where everything else is put: a VPC of ours, or one that exists. */
export interface Network {
  readonly vpcId: Input<string>;
  /** Zone to private subnet. */
  readonly privateSubnets: Readonly<Record<string, Output<string>>>;
  /** What nodes need to get out: they wait for it. */
  readonly complete: readonly Resource[];
}
