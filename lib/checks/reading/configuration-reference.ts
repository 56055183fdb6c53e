import { containersOf, type PodTemplate } from './pod-template.ts';

/** A ConfigMap or Secret that a pod cannot start without. */
export interface ConfigurationReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
}

interface Named {
  readonly name?: string;
  readonly optional?: boolean;
}

/** Every ConfigMap and Secret that pods of the template need; optional ones are left out. */
export function configurationReferences(template: PodTemplate): readonly ConfigurationReference[] {
  const found: ConfigurationReference[] = [];
  const add = (kind: ConfigurationReference['kind'], reference: Named | undefined): void => {
    if (reference?.name === undefined || reference.optional) return;
    if (found.some((each) => each.kind === kind && each.name === reference.name)) return;
    found.push({ kind, name: reference.name });
  };
  const { volumes = [], imagePullSecrets = [] } = template.spec;
  for (const { secret, configMap, projected } of volumes) {
    if (secret) add('Secret', { name: secret.secretName, ...(secret.optional ? { optional: true } : {}) });
    add('ConfigMap', configMap);
    for (const source of projected?.sources ?? []) {
      add('Secret', source.secret);
      add('ConfigMap', source.configMap);
    }
  }
  for (const { env = [], envFrom = [] } of containersOf(template)) {
    for (const { valueFrom } of env) {
      add('Secret', valueFrom?.secretKeyRef);
      add('ConfigMap', valueFrom?.configMapKeyRef);
    }
    for (const source of envFrom) {
      add('Secret', source.secretRef);
      add('ConfigMap', source.configMapRef);
    }
  }
  for (const reference of imagePullSecrets) add('Secret', reference);
  return found;
}
