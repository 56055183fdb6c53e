import type { BundleRelease } from '../../bundle/bundle.ts';
import type { Json } from '../../core/json.ts';
import { didYouMean } from '../../core/suggest.ts';
import { requiredSecrets } from '../../model/required-secrets.ts';
import { inventoryOf } from '../reading/inventory.ts';
import { aboutRelease, valuesNamed } from '../reading/release-values.ts';
import type { Rule } from '../rule.ts';

function nameIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(nameIn);
  if (typeof value !== 'object' || value === null) return [];
  const { name } = value as { readonly name?: Json };
  return typeof name === 'string' ? [name] : [];
}

/** Secrets that a chart is told to use, by the names that charts give to such values. */
function namedSecrets(release: BundleRelease): readonly { readonly path: string; readonly name: string }[] {
  const keys = ['existingSecret', 'existingSecrets', 'secretKeyRef', 'imagePullSecrets'];
  return valuesNamed(release, keys).flatMap(({ path, value }) => nameIn(value).map((name) => ({ path, name })));
}

export const secretOfRelease: Rule = {
  id: 'OBJ004',
  title: 'Secrets that a release is told to use are made by the platform or named in the environment',
  severity: 'error',
  protectsFrom: 'a release whose pods never start, because a Secret that nobody was told to make is missing',
  because:
    'Charts take the names of existing Secrets (`existingSecret`, `secretKeyRef`, `imagePullSecrets`) as they are and check nothing. People make the Secrets that the environment names; Atelier lists those, and no others.',
  source: 'Helm documentation, "Values Files"; lib/model/required-secrets.ts',
  example: {
    of: { valuesOf: 'kube-prometheus-stack' },
    breaks: 'grafana: { admin: { existingSecret: grafana-amdin } }',
    mended: 'grafana: { admin: { existingSecret: grafana-admin } }',
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    const required = requiredSecrets(bundle.platform.environment);
    return bundle.releases.flatMap((release) => {
      const given = required.filter(({ namespaces }) => namespaces.includes(release.namespace)).map(({ name }) => name);
      return namedSecrets(release).flatMap(({ path, name }) => {
        if (given.includes(name) || inventory.find('Secret', release.namespace, name)) return [];
        const message = `${path} names Secret "${name}" in namespace "${release.namespace}", and nobody is told to make it.`;
        return [aboutRelease(release, message, didYouMean(name, given))];
      });
    });
  },
};
