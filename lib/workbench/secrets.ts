import type { Platform } from '../model/platform.ts';
import type { SecretReference } from '../model/secret-reference.ts';

/** Key of the launcher, shared by all servers; the chart fixes the key's name. */
export const LAUNCHER_KEY: SecretReference = { name: 'workbench-launcher-pem', key: 'launcher.pem' };
/** Key that signs cookies, shared by all servers; the chart fixes the key's name. */
export const COOKIE_KEY: SecretReference = { name: 'workbench-secure-cookie-key', key: 'secure-cookie-key' };

/** A Secret that somebody must make before Workbench starts. */
export interface RequiredSecret extends SecretReference {
  readonly namespaces: readonly string[];
  /** What it is for, and how to come by it. */
  readonly purpose: string;
}

/**
 * The Secrets that Workbench refers to. Atelier never writes one: without fixed keys the chart would invent new ones at
 * every rendering, which logs everybody out, and no preview would ever be empty.
 */
export function requiredSecrets({ environment }: Platform): readonly RequiredSecret[] {
  const { workbench, registry } = environment;
  const namespaces = [workbench.namespace];
  const { authentication, database, license } = workbench;
  return [
    {
      ...LAUNCHER_KEY,
      namespaces,
      purpose: 'Key between server and launcher: `openssl genrsa -out launcher.pem 2048`.',
    },
    { ...COOKIE_KEY, namespaces, purpose: 'Key that signs cookies: `uuidgen > secure-cookie-key`.' },
    ...(license.kind === 'file' ? [{ ...license.secret, namespaces, purpose: 'License file from Posit.' }] : []),
    ...(database.kind === 'postgresql'
      ? [{ ...database.password, namespaces, purpose: `Password of ${database.user} at ${database.host}.` }]
      : []),
    ...(authentication.kind === 'openid-connect'
      ? [
          {
            ...authentication.clientSecret,
            namespaces,
            purpose: 'Two lines from the identity provider: `client-id=...` and `client-secret=...`.',
          },
        ]
      : []),
    ...(registry.pullSecret === undefined
      ? []
      : [
          {
            name: registry.pullSecret,
            key: '.dockerconfigjson',
            namespaces: [workbench.namespace, workbench.sessionNamespace],
            purpose: `Pulls images from ${registry.host}: type kubernetes.io/dockerconfigjson.`,
          },
        ]),
  ];
}

/** The list for people, as Markdown. */
export function secretsDocument(platform: Platform): string {
  const rows = requiredSecrets(platform).flatMap(({ name, key, namespaces, purpose }) =>
    namespaces.map((namespace) => `| ${namespace} | ${name} | ${key} | ${purpose} |\n`),
  );
  return `# Secrets of Posit Workbench

Make these before the release is installed, by hand or by your secret store. Atelier refers to them and never holds one.

| namespace | Secret | key | what it is |
|---|---|---|---|
${rows.join('')}
For example: \`kubectl create secret generic ${LAUNCHER_KEY.name} --namespace ${platform.environment.workbench.namespace} --from-file=${LAUNCHER_KEY.key}\`
`;
}
