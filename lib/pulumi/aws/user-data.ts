import { EKS_TAINT_EFFECTS } from '../../catalog/taints.ts';
import type { JsonObject } from '../../core/json.ts';
import { toYaml } from '../../core/yaml.ts';
import type { NodeGroupSpec } from '../../model/cloud-plan.ts';
import { toToml } from './toml.ts';

/** What a node with an AMI of its own has to be told of its cluster, because EKS then tells it nothing. */
export interface ClusterFacts {
  readonly name: string;
  readonly endpoint: string;
  /** Certificate authority of the API server, base64. */
  readonly certificate: string;
  readonly serviceCidr: string;
}

const BOUNDARY = '==ATELIER==';

/** A NodeConfig as one part of a MIME document, which EKS puts its own part beside (EKS user guide, launch templates). */
function nodeadmDocument(nodeConfig: JsonObject): string {
  return [
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    `--${BOUNDARY}`,
    'Content-Type: application/node.eks.aws',
    '',
    `${toYaml(nodeConfig)}--${BOUNDARY}--`,
    '',
  ].join('\n');
}

function nodeadm(bootstrap: NodeGroupSpec['bootstrap'], cluster: ClusterFacts | undefined): string | undefined {
  const config = bootstrap?.kind === 'nodeadm' ? bootstrap.nodeConfig : undefined;
  if (!cluster) return config && nodeadmDocument(config);
  const { name, endpoint, certificate, serviceCidr } = cluster;
  return nodeadmDocument({
    apiVersion: 'node.eks.aws/v1alpha1',
    kind: 'NodeConfig',
    ...config,
    spec: {
      cluster: { name, apiServerEndpoint: endpoint, certificateAuthority: certificate, cidr: serviceCidr },
      ...config?.spec,
    },
  });
}

/** Taints in Bottlerocket's way: a key, and its values with their effects. */
function bottlerocketTaints(taints: NodeGroupSpec['taints']): Readonly<Record<string, readonly string[]>> {
  const effects = new Map(Object.entries(EKS_TAINT_EFFECTS).map(([effect, inEks]) => [inEks, effect]));
  const keys = [...new Set(taints.map(({ key }) => key))];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      taints
        .filter((taint) => taint.key === key)
        .map(({ value, effect }) => `${value}:${effects.get(effect) ?? effect}`),
    ]),
  );
}

function bottlerocket(spec: NodeGroupSpec, cluster: ClusterFacts | undefined): string | undefined {
  const stated = spec.bootstrap?.kind === 'bottlerocket' ? spec.bootstrap.settings : undefined;
  if (!cluster) return stated && toToml({ settings: stated });
  const own = {
    'cluster-name': cluster.name,
    'api-server': cluster.endpoint,
    'cluster-certificate': cluster.certificate,
    'node-labels': spec.labels,
    'node-taints': bottlerocketTaints(spec.taints),
  };
  const kubernetes = stated?.kubernetes;
  return toToml({ settings: { kubernetes: { ...(kubernetes as JsonObject | undefined), ...own } } });
}

/**
 * User data of a launch template, not yet in base64; `undefined` where EKS's own will do. `cluster` is for nodes with an
 * AMI of their own.
 */
export function userData(spec: NodeGroupSpec, cluster: ClusterFacts | undefined): string | undefined {
  return spec.image.family === 'bottlerocket' ? bottlerocket(spec, cluster) : nodeadm(spec.bootstrap, cluster);
}
