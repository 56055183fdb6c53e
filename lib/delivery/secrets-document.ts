import type { Bundle, BundleFile } from '../bundle/bundle.ts';
import { LAUNCHER_KEY, requiredSecrets } from '../model/required-secrets.ts';

/** Secrets that somebody has to make before the platform is applied, for people, as Markdown. */
export function secretsFile({ platform: { environment } }: Bundle): BundleFile {
  const rows = requiredSecrets(environment).flatMap(({ name, keys, namespaces, purpose }) =>
    namespaces.map((namespace) => `| ${namespace} | ${name} | ${keys.join(', ')} | ${purpose} |\n`),
  );
  const { pullSecret } = environment.registry;
  const tenants =
    pullSecret === undefined
      ? ''
      : `\nWorkspaces of tenants want \`${pullSecret}\` too: their ServiceAccount \`default\` names it, so that images of the registry can be pulled.\n`;
  const content = `# Secrets of the platform

Make these before the platform is applied, by hand or by your secret store. Atelier refers to them and never holds one.

| namespace | Secret | keys | what it is |
|---|---|---|---|
${rows.join('')}${tenants}
For example: \`kubectl create secret generic ${LAUNCHER_KEY.name} --namespace ${environment.workbench.namespace} --from-file=${LAUNCHER_KEY.key}\`
`;
  return { path: 'secrets.md', content, origin: { construct: 'secrets', path: '(environment)' } };
}
