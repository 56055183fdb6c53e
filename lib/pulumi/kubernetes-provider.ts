import type { Input } from '@pulumi/pulumi/output.js';
import { ProviderResource, type ResourceOptions } from '@pulumi/pulumi/resource.js';

/** Version of the plugin; the package of the same version is in package.json, from which Pulumi installs the plugin. */
export const KUBERNETES_PLUGIN_VERSION = '4.34.2';

/** How to reach the cluster. Without a kubeconfig: that of KUBECONFIG or of the home folder. */
export interface ClusterAccess {
  /** Name of the cluster; another name is another cluster, on which everything is made anew. */
  readonly cluster: string;
  /** Content of a kubeconfig, or its path. */
  readonly kubeconfig?: Input<string>;
  /** Context of the kubeconfig. @default its current one */
  readonly context?: string;
}

/**
 * The Kubernetes provider, as `@pulumi/kubernetes` would make it; that package brings all of Pulumi's SDK, 700 modules
 * for this class. Settings are JSON texts.
 *
 * - Server-side apply, taking over fields that others hold, as `kubectl apply --server-side --force-conflicts` does.
 * - Objects that exist are taken over: else whoever was interrupted could not go on, because the last object that was
 *   made may not be in the state yet.
 * - ConfigMaps and Secrets are changed in place; the provider would delete them and make new ones, under pods that use them.
 */
export class KubernetesProvider extends ProviderResource {
  constructor(name: string, { cluster, kubeconfig, context }: ClusterAccess, options: ResourceOptions = {}) {
    super(
      'kubernetes',
      name,
      {
        kubeconfig: kubeconfig ?? process.env.KUBECONFIG,
        context,
        // A new token or address in the kubeconfig is no other cluster.
        clusterIdentifier: cluster,
        enableServerSideApply: 'true',
        enablePatchForce: 'true',
        upsertExistingObjects: 'true',
        enableConfigMapMutable: 'true',
        enableSecretMutable: 'true',
      },
      { ...options, version: KUBERNETES_PLUGIN_VERSION },
    );
  }
}
