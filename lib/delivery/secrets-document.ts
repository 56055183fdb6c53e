import type { Bundle, BundleFile } from '../bundle/bundle.ts';
import { type RequiredSecret, requiredSecrets } from '../model/required-secrets.ts';

/** Makes the Secret from files of the working folder that are called as its keys. */
function creation({ name, keys, type }: RequiredSecret, namespace: string): string {
  const files = keys.map((key) => ` --from-file=${key}`).join('');
  return `kubectl create secret generic ${name} --namespace ${namespace}${type === undefined ? '' : ` --type=${type}`}${files}\n`;
}

/** Secrets that somebody has to make before pods can start, for people, as Markdown. */
export function secretsFile({ platform: { environment } }: Bundle): BundleFile {
  const secrets = requiredSecrets(environment).flatMap((secret) =>
    secret.namespaces.map((namespace) => ({ secret, namespace })),
  );
  const rows = secrets.map(
    ({ secret: { name, keys, purpose }, namespace }) =>
      `| ${namespace} | ${name} | ${keys.join(', ')} | ${purpose} |\n`,
  );
  const { pullSecret } = environment.registry;
  const tenants =
    pullSecret === undefined
      ? ''
      : `\nWorkspaces of tenants want \`${pullSecret}\` too: their ServiceAccount \`default\` names it, so that images of the registry can be pulled.\n`;
  const content = `# Secrets of the platform

Make these by hand or by your secret store, as soon as their namespaces are there. Where the cluster exists, you may make those namespaces
yourself (\`kubectl create namespace\`) and the Secrets before anything else; where Pulumi makes the cluster, make them while \`pulumi up\`
goes on, or after it. Pods that need one wait for it, and start without help once it is there. Atelier refers to them and never holds one.

| namespace | Secret | keys | what it is |
|---|---|---|---|
${rows.join('')}${tenants}
From files outside of the repository that are called as the keys and hold the value alone, passwords without a newline at the end (\`printf %s\`):

\`\`\`sh
${secrets.map(({ secret, namespace }) => creation(secret, namespace)).join('')}\`\`\`
`;
  return { path: 'secrets.md', content, origin: { construct: 'secrets', path: '(environment)' } };
}
