import type { Bundle, Manifest } from '../../bundle/bundle.ts';
import { HNC_NAMESPACE } from '../../model/namespaces.ts';
import { ClusterError } from '../cluster-error.ts';

/** What the environment's own Deployment and Service say of the manager. */
export interface HncSettings {
  readonly args: readonly string[];
  readonly serviceAccount: string;
  /** Secret that holds the certificate of its webhooks. */
  readonly certificate: string;
  /** Service in front of its webhooks. */
  readonly service: string;
}

interface DeploymentSpec {
  readonly template: {
    readonly spec: {
      readonly serviceAccountName?: string;
      readonly containers: readonly { readonly args?: readonly string[] }[];
      readonly volumes?: readonly { readonly secret?: { readonly secretName?: string } }[];
    };
  };
}

/** Reads the one Deployment of HNC's namespace; undefined where the environment has none. */
export function hncSettings({ objects, environment }: Bundle): HncSettings | undefined {
  const inNamespace = (kind: string): Manifest | undefined =>
    objects.find(({ manifest }) => manifest.kind === kind && manifest.metadata.namespace === HNC_NAMESPACE)?.manifest;
  const deployment = inNamespace('Deployment');
  if (deployment === undefined) return undefined;
  const { spec } = (deployment.spec as unknown as DeploymentSpec).template;
  const args = spec.containers[0]?.args;
  const serviceAccount = spec.serviceAccountName;
  const certificate = spec.volumes?.flatMap(({ secret }) => secret?.secretName ?? [])[0];
  const service = inNamespace('Service')?.metadata.name;
  if (args === undefined || serviceAccount === undefined || certificate === undefined || service === undefined) {
    throw new ClusterError(
      `Environment ${environment}: Deployment ${deployment.metadata.name} cannot be run here: it needs arguments, a ServiceAccount, a Secret as a volume, and a Service.`,
    );
  }
  return { args, serviceAccount, certificate, service };
}
