import { cloudOf } from './cluster.ts';
import type { Environment } from './environment.ts';
import { HNC_NAMESPACE } from './namespaces.ts';
import type { SecretReference } from './secret-reference.ts';

/** Key of the launcher, shared by all servers; the chart fixes the key's name. */
export const LAUNCHER_KEY: SecretReference = { name: 'workbench-launcher-pem', key: 'launcher.pem' };
/** Key that signs cookies, shared by all servers; the chart fixes the key's name. */
export const COOKIE_KEY: SecretReference = { name: 'workbench-secure-cookie-key', key: 'secure-cookie-key' };

/** A Secret that somebody must make before the releases are installed. */
export interface RequiredSecret {
  readonly name: string;
  readonly keys: readonly string[];
  readonly namespaces: readonly string[];
  /** Kubernetes' type. @default Opaque */
  readonly type?: string;
  /** What it is for, and how to come by it. */
  readonly purpose: string;
}

const TLS_KEYS: readonly string[] = ['tls.crt', 'tls.key'];
const TLS_TYPE = 'kubernetes.io/tls';
const REGISTRY_TYPE = 'kubernetes.io/dockerconfigjson';

type PostgreSql = Extract<Environment['workbench']['database'], { kind: 'postgresql' }>;

/** RDS keeps its master password to itself; the role of Workbench is made once, by a person (docs/cloud.md). */
function databasePurpose(environment: Environment, { user, host }: PostgreSql): string {
  if (cloudOf(environment)?.database === undefined) return `Password of ${user} at ${host}.`;
  return `Password of the role ${user}, which you make in the database of the cloud plan (docs/cloud.md, "Database").`;
}

/**
 * The Secrets that the environment refers to and that Atelier never writes. Those of Workbench above all: without fixed
 * keys the chart would invent new ones at every rendering, which logs everybody out, and no preview would ever be empty.
 */
export function requiredSecrets(environment: Environment): readonly RequiredSecret[] {
  const { workbench, registry, monitoring, tenancy } = environment;
  const secret = ({ name, key }: SecretReference, purpose: string): RequiredSecret => ({
    name,
    keys: [key],
    namespaces: [workbench.namespace],
    purpose,
  });
  const { authentication, database, license, ingress } = workbench;
  return [
    secret(LAUNCHER_KEY, 'Key between server and launcher: `openssl genrsa -out launcher.pem 2048`.'),
    secret(COOKIE_KEY, 'Key that signs cookies: `uuidgen > secure-cookie-key`.'),
    ...(license.kind === 'file' ? [secret(license.secret, 'License file from Posit.')] : []),
    ...(database.kind === 'postgresql' ? [secret(database.password, databasePurpose(environment, database))] : []),
    ...(authentication.kind === 'openid-connect'
      ? [
          secret(
            authentication.clientSecret,
            'Two lines from the identity provider: `client-id=...` and `client-secret=...`.',
          ),
        ]
      : []),
    ...(ingress.tlsSecret === undefined
      ? []
      : [
          {
            name: ingress.tlsSecret,
            keys: TLS_KEYS,
            namespaces: [workbench.namespace],
            type: TLS_TYPE,
            purpose: `Certificate of ${ingress.host}: type ${TLS_TYPE}.`,
          },
        ]),
    ...(registry.pullSecret === undefined
      ? []
      : [
          {
            name: registry.pullSecret,
            keys: ['.dockerconfigjson'],
            namespaces: [
              workbench.namespace,
              workbench.sessionNamespace,
              ...(tenancy.backend.kind === 'hnc' ? [HNC_NAMESPACE] : []),
            ],
            type: REGISTRY_TYPE,
            purpose: `Pulls images from ${registry.host}: type ${REGISTRY_TYPE}.`,
          },
        ]),
    {
      name: monitoring.grafanaAdminSecret,
      keys: ['admin-user', 'admin-password'],
      namespaces: [monitoring.namespace],
      purpose: 'First login to Grafana.',
    },
  ];
}
