import { Construct } from 'constructs';
import { AWS_POLICIES, awsPolicyArn } from '../catalog/aws-policies.ts';
import { EKS_ADD_ON_FACTS, EKS_ADD_ONS, type EksAddOnName } from '../catalog/eks-add-ons.ts';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { asJsonObject, type JsonObject } from '../core/json.ts';
import { KUBE_SYSTEM } from '../model/namespaces.ts';
import { systemPlacement } from '../model/platform.ts';
import { podIdentity } from '../model/pod-identity.ts';
import type { CloudSite } from './cloud-site.ts';

/** Nothing in the cluster is kept apart by network policies unless the CNI is told to enforce them (a text, not a boolean). */
const NETWORK_POLICIES: JsonObject = { enableNetworkPolicy: 'true' };

/** Where the add-on's Deployment runs: with the platform's own controllers. */
function placement({ platform }: CloudSite, name: EksAddOnName): JsonObject {
  const at = EKS_ADD_ON_FACTS[name].placement;
  if (at === undefined) return {};
  const { nodeSelector, tolerations } = systemPlacement(platform);
  const place = {
    ...(Object.keys(nodeSelector).length > 0 ? { nodeSelector } : {}),
    ...(tolerations.length > 0 ? { tolerations } : {}),
  };
  if (Object.keys(place).length === 0) return {};
  return asJsonObject(at === '' ? place : { [at]: place });
}

/** Add-ons that EKS installs and patches, and what those that call AWS may do there (CLOUD-1). */
export class AddOns extends Construct {
  constructor(scope: Construct, id: string, site: CloudSite) {
    super(scope, id);
    declareOrigin(this, ['cluster', 'cloud', 'addOns']);
    const { cluster, cloud } = site;
    for (const name of EKS_ADD_ONS) {
      const { beforeNodes, identity } = EKS_ADD_ON_FACTS[name];
      const version = cloud.addOns[name];
      new CloudResource(this, name, {
        kind: 'eks-add-on',
        name,
        spec: {
          ...(version === undefined ? {} : { version }),
          beforeNodes,
          configuration: { ...(name === 'vpc-cni' ? NETWORK_POLICIES : {}), ...placement(site, name) },
        },
      });
      if (identity === undefined) continue;
      const { serviceAccount, policy } = identity;
      new CloudResource(this, `${name}-identity`, {
        kind: 'eks-pod-identity',
        name,
        spec: podIdentity(cluster, {
          name,
          namespace: KUBE_SYSTEM,
          serviceAccount,
          managedPolicies: [awsPolicyArn(cluster.region, AWS_POLICIES[policy])],
        }),
      });
    }
  }
}
