import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Certificate, issueCertificate } from './certificate.ts';

/** Who talks to the API server, with the names that Kubernetes' own roles are bound to. */
const CLIENTS = {
  admin: { commonName: 'atelier-admin', organization: 'system:masters' },
  'kube-controller-manager': { commonName: 'system:kube-controller-manager' },
  'kube-scheduler': { commonName: 'system:kube-scheduler' },
} as const;
export type ClientName = keyof typeof CLIENTS;

/** First address of the Service range: the Service `kubernetes` gets it. */
const KUBERNETES_SERVICE_ADDRESS = '10.96.0.1';
const SERVER_HOSTS = [
  'localhost',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  '127.0.0.1',
  KUBERNETES_SERVICE_ADDRESS,
];

function writePair(folder: string, name: string, { certificate, key }: Certificate): void {
  writeFileSync(join(folder, `${name}.crt`), certificate);
  writeFileSync(join(folder, `${name}.key`), key, { mode: 0o600 });
}

/**
 * Keys and certificates of a cluster in `folder`: `ca`, `server`, `etcd-ca`, `etcd` and one per client as `.crt` and
 * `.key`, and the key pair of service account tokens. Made once, all at the same time; what is there is kept.
 */
export function ensurePki(folder: string): void {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });

  const authority = issueCertificate({ commonName: 'atelier-local-cluster' });
  writePair(unfinished, 'ca', authority);
  writePair(unfinished, 'server', issueCertificate({ commonName: 'kube-apiserver', hosts: SERVER_HOSTS, authority }));
  // An authority of its own, so that no client of the API server can open the database behind it.
  const etcdAuthority = issueCertificate({ commonName: 'atelier-local-etcd' });
  writePair(unfinished, 'etcd-ca', etcdAuthority);
  const etcd = { commonName: 'etcd', hosts: ['localhost', '127.0.0.1'], authority: etcdAuthority };
  writePair(unfinished, 'etcd', issueCertificate(etcd));
  for (const [name, client] of Object.entries(CLIENTS)) {
    writePair(unfinished, name, issueCertificate({ ...client, authority }));
  }
  const tokens = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(join(unfinished, 'sa.key'), tokens.privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
  });
  writeFileSync(join(unfinished, 'sa.pub'), tokens.publicKey.export({ type: 'spki', format: 'pem' }));
  renameSync(unfinished, folder);
}
