import { Eip } from '@pulumi/aws/ec2/eip.js';
import { NatGateway } from '@pulumi/aws/ec2/natGateway.js';
import type { Subnet } from '@pulumi/aws/ec2/subnet.js';
import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from '@pulumi/pulumi';
import { CLOUD_TAGS } from '../../catalog/labels.ts';

export interface NatGatewaysProps {
  /** Zones that have one. */
  readonly zones: readonly string[];
  readonly publicSubnets: readonly { readonly zone: string; readonly subnet: Subnet }[];
  /** The route by which the public subnets get out. */
  readonly after: Resource;
}

/** Ways out of the private subnets. Their addresses are what others see, and let in. */
export class NatGateways extends ComponentResource {
  readonly #byZone: ReadonlyMap<string, NatGateway>;

  constructor(name: string, props: NatGatewaysProps, opts?: ComponentResourceOptions) {
    super('atelier:aws:NatGateways', `${name}-nat`, {}, opts);
    const made = props.publicSubnets
      .filter(({ zone }) => props.zones.includes(zone))
      .map(({ zone, subnet }): [string, NatGateway] => {
        const id = `${name}-nat-${zone}`;
        const tags = { [CLOUD_TAGS.name]: id };
        const address = new Eip(id, { domain: 'vpc', tags }, { parent: this });
        const gateway = new NatGateway(
          id,
          { allocationId: address.id, subnetId: subnet.id, tags },
          { parent: this, dependsOn: [props.after] },
        );
        return [zone, gateway];
      });
    this.#byZone = new Map(made);
    this.registerOutputs({});
  }

  /** The gateway of a zone; where it has none, the first. */
  gatewayOf(zone: string): Output<string> {
    const gateway = this.#byZone.get(zone) ?? [...this.#byZone.values()][0];
    if (!gateway) throw new Error(`There is no NAT gateway for the zone "${zone}".`);
    return gateway.id;
  }
}
