import { Tag } from '@pulumi/aws/ec2/tag.js';
import { ComponentResource, type ComponentResourceOptions, type Output, output, type Resource } from '@pulumi/pulumi';
import type { Network } from './network.ts';
import type { Planned } from './planned.ts';

/** A VPC that somebody else looks after: its private subnets get the tags by which they are found, nothing else changes. */
export class ExistingVpc extends ComponentResource implements Network {
  readonly vpcId: string;
  readonly privateSubnets: Readonly<Record<string, Output<string>>>;
  readonly complete: readonly Resource[];

  constructor(name: string, plan: Planned<'existing-vpc'>, opts?: ComponentResourceOptions) {
    super('atelier:aws:ExistingVpc', name, {}, opts);
    const { privateSubnets, tags } = plan.spec;
    this.vpcId = plan.name;
    this.privateSubnets = Object.fromEntries(privateSubnets.map(({ zone, id }) => [zone, output(id)]));
    this.complete = privateSubnets.flatMap(({ zone, id }) =>
      Object.entries(tags).map(
        ([key, value]) => new Tag(`${name}-${zone}-${key}`, { resourceId: id, key, value }, { parent: this }),
      ),
    );
    this.registerOutputs({});
  }
}
