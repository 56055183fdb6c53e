import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Inventory } from './inventory.ts';
import type { StandInOptions } from './provider.ts';

interface Kubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } },
  ];
  readonly users: readonly [
    { readonly user: { readonly 'client-certificate-data': string; readonly 'client-key-data': string } },
  ];
}

/** Variables of the engine that tell the stand-in for AWS where what exists is kept, and where EKS answers. */
export function standInVariables(
  inventory: string,
  { server, authority }: { readonly server: string; readonly authority: string },
  options: Partial<StandInOptions> = {},
): Readonly<Record<string, string>> {
  const outputs = { 'aws:eks/cluster:Cluster': { endpoint: server, 'certificateAuthority.data': authority } };
  return { ATELIER_AWS_STAND_IN: JSON.stringify({ inventory, outputs, ...options }) };
}

/** What makes a local cluster the EKS cluster of the stand-in for AWS. */
export interface LocalEks {
  /** Variables of the engine, for the provider; options say what it does otherwise than usual. */
  readonly variables: (options: Partial<StandInOptions>) => Readonly<Record<string, string>>;
  /** What exists. */
  readonly inventory: Inventory;
  /** Folder with a command `aws`, which answers `aws eks get-token` with the local cluster's credentials. */
  readonly bin: string;
}

/** Takes the cluster of a kubeconfig for EKS: its address is the answer to a new cluster, its credentials are the token. */
export function localEks(kubeconfig: string, folder: string): LocalEks {
  const { clusters, users } = parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
  const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
  const credential = {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    kind: 'ExecCredential',
    status: {
      clientCertificateData: decode(users[0].user['client-certificate-data']),
      clientKeyData: decode(users[0].user['client-key-data']),
    },
  };
  const bin = join(folder, 'aws-bin');
  mkdirSync(bin, { recursive: true });
  const answer = join(bin, 'credential.json');
  writeFileSync(answer, JSON.stringify(credential), { mode: 0o600 });
  const command = join(bin, 'aws');
  writeFileSync(
    command,
    `#!/bin/sh\n[ "$1 $2" = "eks get-token" ] && exec cat '${answer}'\necho "unknown: $*" >&2; exit 2\n`,
  );
  chmodSync(command, 0o755);
  const { server, 'certificate-authority-data': authority } = clusters[0].cluster;
  const inventory = join(folder, 'aws-inventory');
  return {
    variables: (options) => standInVariables(inventory, { server, authority }, options),
    inventory: new Inventory(inventory),
    bin,
  };
}
