import { SecurityGroup } from '@pulumi/aws/ec2/securityGroup.js';
import { VpcEndpoint } from '@pulumi/aws/ec2/vpcEndpoint.js';
import { SecurityGroupIngressRule } from '@pulumi/aws/vpc/securityGroupIngressRule.js';
import { ComponentResource, type ComponentResourceOptions, type Input } from '@pulumi/pulumi';
import { endpointServiceName } from '../../catalog/endpoint-services.ts';
import { CLOUD_TAGS } from '../../catalog/labels.ts';

export interface VpcEndpointsProps {
  readonly vpcId: Input<string>;
  readonly region: string;
  readonly cidr: string;
  /** Services reached by routes. */
  readonly gateways: readonly string[];
  /** Services reached by network interfaces. */
  readonly interfaces: readonly string[];
  readonly routeTableIds: readonly Input<string>[];
  readonly subnetIds: readonly Input<string>[];
}

/** AWS services inside the VPC, under the names they have outside. */
export class VpcEndpoints extends ComponentResource {
  constructor(name: string, props: VpcEndpointsProps, opts?: ComponentResourceOptions) {
    super('atelier:aws:VpcEndpoints', `${name}-endpoints`, {}, opts);
    const { vpcId, region, routeTableIds, subnetIds } = props;
    const endpoint = (service: string) => ({
      vpcId,
      serviceName: endpointServiceName(region, service),
      tags: { [CLOUD_TAGS.name]: `${name}-${service}` },
    });
    for (const service of props.gateways) {
      new VpcEndpoint(
        `${name}-${service}`,
        { ...endpoint(service), vpcEndpointType: 'Gateway', routeTableIds: [...routeTableIds] },
        { parent: this },
      );
    }
    if (props.interfaces.length > 0) {
      const group = new SecurityGroup(
        `${name}-endpoints`,
        { vpcId, description: 'AWS services, from the VPC', tags: { [CLOUD_TAGS.name]: `${name}-endpoints` } },
        { parent: this },
      );
      new SecurityGroupIngressRule(
        `${name}-endpoints`,
        { securityGroupId: group.id, cidrIpv4: props.cidr, ipProtocol: 'tcp', fromPort: 443, toPort: 443 },
        { parent: this },
      );
      for (const service of props.interfaces) {
        new VpcEndpoint(
          `${name}-${service}`,
          {
            ...endpoint(service),
            vpcEndpointType: 'Interface',
            subnetIds: [...subnetIds],
            securityGroupIds: [group.id],
            privateDnsEnabled: true,
          },
          { parent: this },
        );
      }
    }
    this.registerOutputs({});
  }
}
