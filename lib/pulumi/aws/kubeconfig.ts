export interface KubeconfigRequest {
  readonly cluster: string;
  readonly region: string;
  readonly endpoint: string;
  /** Certificate authority of the API server, base64. */
  readonly certificate: string;
}

/** A kubeconfig that holds no secret: whoever uses it asks AWS for a token by their own identity. */
export function kubeconfigOf({ cluster, region, endpoint, certificate }: KubeconfigRequest): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': cluster,
    clusters: [{ name: cluster, cluster: { server: endpoint, 'certificate-authority-data': certificate } }],
    contexts: [{ name: cluster, context: { cluster, user: cluster } }],
    users: [
      {
        name: cluster,
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1beta1',
            command: 'aws',
            args: ['eks', 'get-token', '--cluster-name', cluster, '--region', region, '--output', 'json'],
            interactiveMode: 'Never',
          },
        },
      },
    ],
  });
}
