import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import { type ApiClient, connect } from '../../lib/cluster/api-client.ts';
import { discoverKinds, objectUrl, type ServedKinds } from '../../lib/cluster/discovery.ts';

/** A cluster, and what the provider was told about it. */
export interface ClusterConnection {
  readonly client: ApiClient;
  /** Content or path. */
  readonly kubeconfig: string;
  /** Whether an object that exists may be created: it is taken over. */
  readonly takesOver: boolean;
  /** Path of an object; `undefined` where the server does not know its kind, also when it is asked again. */
  readonly urlOf: (manifest: Manifest) => Promise<string | undefined>;
}

type KubeconfigUser =
  | { readonly 'client-certificate-data': string; readonly 'client-key-data': string }
  | { readonly exec: { readonly command: string; readonly args: readonly string[] } };

interface Kubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } },
  ];
  readonly users: readonly [{ readonly user: KubeconfigUser }];
}

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

/** The certificate that a user shows: stated, or what the command answers (client.authentication.k8s.io/v1beta1). */
function certificateOf(user: KubeconfigUser): { readonly certificate: string; readonly key: string } {
  if (!('exec' in user)) {
    return { certificate: decode(user['client-certificate-data']), key: decode(user['client-key-data']) };
  }
  const answer = execFileSync(user.exec.command, user.exec.args, { encoding: 'utf8' });
  const { status } = JSON.parse(answer) as { status: { clientCertificateData: string; clientKeyData: string } };
  return { certificate: status.clientCertificateData, key: status.clientKeyData };
}

/** Opens the cluster of a kubeconfig with a client certificate, as the local cluster has it. */
export function connectByKubeconfig(
  kubeconfig: string | undefined,
  options: Pick<ClusterConnection, 'kubeconfig' | 'takesOver'>,
): ClusterConnection {
  if (!kubeconfig) throw new Error('The provider has no kubeconfig.');
  const text = existsSync(kubeconfig) ? readFileSync(kubeconfig, 'utf8') : kubeconfig;
  const { clusters, users } = parse(text) as Kubeconfig;
  const client = connect({
    server: clusters[0].cluster.server,
    authority: decode(clusters[0].cluster['certificate-authority-data']),
    ...certificateOf(users[0].user),
  });
  let known: Promise<ServedKinds> | undefined;
  const urlOf = async ({ apiVersion, kind, metadata }: Manifest): Promise<string | undefined> => {
    known ??= discoverKinds(client);
    const before = known;
    const url = objectUrl(await before, apiVersion, kind, metadata);
    if (url !== undefined) return url;
    // Somebody else may have asked anew in the meantime.
    if (known === before) known = discoverKinds(client);
    return objectUrl(await known, apiVersion, kind, metadata);
  };
  return { client, urlOf, ...options };
}
