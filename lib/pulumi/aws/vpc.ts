import { InternetGateway } from '@pulumi/aws/ec2/internetGateway.js';
import { Route } from '@pulumi/aws/ec2/route.js';
import { RouteTable } from '@pulumi/aws/ec2/routeTable.js';
import { RouteTableAssociation } from '@pulumi/aws/ec2/routeTableAssociation.js';
import { Subnet } from '@pulumi/aws/ec2/subnet.js';
import { Vpc as AwsVpc } from '@pulumi/aws/ec2/vpc.js';
import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from '@pulumi/pulumi';
import { CLOUD_TAGS } from '../../catalog/labels.ts';
import type { PlannedSubnet } from '../../model/cloud-plan.ts';
import { NatGateways } from './nat-gateways.ts';
import type { Network } from './network.ts';
import type { Planned } from './planned.ts';
import { VpcEndpoints } from './vpc-endpoints.ts';

const EVERYWHERE = '0.0.0.0/0';

/**
 * A VPC with a private and a public subnet per zone. Private subnets have a route table each, so that a zone goes out
 * through its own NAT gateway and a failing zone takes no other with it.
 */
export class Vpc extends ComponentResource implements Network {
  readonly vpcId: Output<string>;
  readonly privateSubnets: Readonly<Record<string, Output<string>>>;
  readonly complete: readonly Resource[];

  constructor(name: string, { spec }: Planned<'vpc'>, opts?: ComponentResourceOptions) {
    super('atelier:aws:Vpc', name, {}, opts);
    const parent = { parent: this };
    const kept = { parent: this, protect: spec.protected };
    const { cidr, subnets, tags } = spec;
    // Names in the VPC are needed by EFS, by interface endpoints and by EKS's private endpoint.
    const vpc = new AwsVpc(name, { cidrBlock: cidr, enableDnsHostnames: true, enableDnsSupport: true, tags }, kept);
    const subnet = ({ name: subnetName, zone, cidr: cidrBlock, tags: subnetTags }: PlannedSubnet): Subnet =>
      new Subnet(`${name}-${subnetName}`, { vpcId: vpc.id, availabilityZone: zone, cidrBlock, tags: subnetTags }, kept);
    const made = (isPublic: boolean) =>
      subnets.filter((each) => each.public === isPublic).map((plan) => ({ zone: plan.zone, subnet: subnet(plan) }));
    const inside = made(false);
    const outside = made(true);

    const gateway = new InternetGateway(name, { vpcId: vpc.id, tags }, parent);
    const routeTable = (id: string): RouteTable =>
      new RouteTable(id, { vpcId: vpc.id, tags: { [CLOUD_TAGS.name]: id } }, parent);
    const publicRoutes = routeTable(`${name}-public`);
    const wayOut = new Route(
      `${name}-public`,
      { routeTableId: publicRoutes.id, destinationCidrBlock: EVERYWHERE, gatewayId: gateway.id },
      parent,
    );
    const associate = (zone: string, kind: string, to: Subnet, table: RouteTable): RouteTableAssociation =>
      new RouteTableAssociation(`${name}-${kind}-${zone}`, { subnetId: to.id, routeTableId: table.id }, parent);
    const publicAssociations = outside.map((each) => associate(each.zone, 'public', each.subnet, publicRoutes));

    const nat = new NatGateways(name, { zones: spec.natGateways, publicSubnets: outside, after: wayOut }, parent);
    const routes = inside.map(({ zone, subnet: to }) => {
      const table = routeTable(`${name}-private-${zone}`);
      const target = { destinationCidrBlock: EVERYWHERE, natGatewayId: nat.gatewayOf(zone) };
      const route = new Route(`${name}-private-${zone}`, { routeTableId: table.id, ...target }, parent);
      return { table, used: [route, associate(zone, 'private', to, table)] };
    });

    const endpoints = new VpcEndpoints(
      name,
      {
        vpcId: vpc.id,
        region: spec.region,
        cidr,
        gateways: spec.gatewayEndpoints,
        interfaces: spec.interfaceEndpoints,
        routeTableIds: routes.map(({ table }) => table.id),
        subnetIds: inside.map((each) => each.subnet.id),
      },
      parent,
    );
    this.vpcId = vpc.id;
    this.privateSubnets = Object.fromEntries(inside.map((each) => [each.zone, each.subnet.id]));
    this.complete = [...publicAssociations, ...routes.flatMap(({ used }) => used), endpoints];
    this.registerOutputs({ vpcId: this.vpcId });
  }
}
