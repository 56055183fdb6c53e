import { Construct } from 'constructs';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { canonicalCidr } from '../core/ipv4.ts';
import type { NewNetwork } from '../model/cloud-network.ts';
import type { VpcSpec } from '../model/cloud-plan.ts';
import { vpcTags } from '../model/cloud-tags.ts';
import { type CloudSite, discoveryTags, isProtected } from './cloud-site.ts';
import { subnetPlan } from './subnet-plan.ts';

/** Reached by routes. DynamoDB would be the other one. */
const GATEWAY_SERVICES: readonly string[] = ['s3'];

function vpcSpec(site: CloudSite, network: NewNetwork): VpcSpec {
  const { cluster } = site;
  const { zones, region } = cluster;
  return {
    region,
    cidr: canonicalCidr(network.cidr),
    tags: vpcTags(cluster),
    subnets: subnetPlan({ cluster: cluster.name, cidr: network.cidr, zones, privateTags: discoveryTags(site) }),
    natGateways: network.natGateways === 'single' ? zones.slice(0, 1) : zones,
    gatewayEndpoints: network.endpoints.filter((service) => GATEWAY_SERVICES.includes(service)),
    interfaceEndpoints: network.endpoints.filter((service) => !GATEWAY_SERVICES.includes(service)),
    protected: isProtected(site),
  };
}

/** The VPC of the cluster, or the one that exists (CLOUD-1). */
export class Network extends Construct {
  constructor(scope: Construct, id: string, site: CloudSite) {
    super(scope, id);
    declareOrigin(this, ['cluster', 'cloud', 'network']);
    const { cluster, cloud } = site;
    const { network } = cloud;
    switch (network.kind) {
      case 'new':
        new CloudResource(this, 'vpc', { kind: 'vpc', name: cluster.name, spec: vpcSpec(site, network) });
        return;
      case 'existing': {
        const privateSubnets = Object.entries(network.privateSubnets).map(([zone, subnet]) => ({ zone, id: subnet }));
        new CloudResource(this, 'vpc', {
          kind: 'existing-vpc',
          name: network.vpcId,
          spec: { privateSubnets, tags: discoveryTags(site) },
        });
      }
    }
  }
}
