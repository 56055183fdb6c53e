import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ClientName } from './pki.ts';

/** How a client reaches the API server and proves who it is; PEM texts. */
export interface ClusterAccess {
  readonly server: string;
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** Reads the access of one client of a cluster. */
export function clusterAccess(
  folder: string,
  client: ClientName | 'etcd',
  port: number,
  authority: 'ca' | 'etcd-ca' = 'ca',
): ClusterAccess {
  const read = (file: string): string => readFileSync(join(folder, 'pki', file), 'utf8');
  return {
    server: `https://127.0.0.1:${port}`,
    authority: read(`${authority}.crt`),
    certificate: read(`${client}.crt`),
    key: read(`${client}.key`),
  };
}

/** How a process reaches the API server with a token, as one in a pod does. */
export type TokenAccess = Pick<ClusterAccess, 'server' | 'authority'> & { readonly token: string };

/** Writes a kubeconfig that needs no other file, so that it can be copied. */
export function writeKubeconfig(file: string, name: string, access: ClusterAccess | TokenAccess): void {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const context = `atelier-${name}`;
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: context, cluster: { server: access.server, 'certificate-authority-data': base64(access.authority) } },
    ],
    users: [
      {
        name: context,
        user:
          'token' in access
            ? { token: access.token }
            : { 'client-certificate-data': base64(access.certificate), 'client-key-data': base64(access.key) },
      },
    ],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    'current-context': context,
  };
  writeFileSync(file, stringify(config, { lineWidth: 0 }), { mode: 0o600 });
}
