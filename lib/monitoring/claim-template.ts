import { formatBytes } from '../core/quantity.ts';

/** `volumeClaimTemplate` of a Prometheus or Alertmanager object (prometheus-operator, StorageSpec). */
export interface ClaimTemplate {
  readonly volumeClaimTemplate: {
    readonly spec: {
      readonly storageClassName: string;
      readonly accessModes: readonly ['ReadWriteOnce'];
      readonly resources: { readonly requests: { readonly storage: string } };
    };
  };
}

/** A volume of `bytes` for each replica. */
export function claimTemplate(storageClassName: string, bytes: number): ClaimTemplate {
  const resources = { requests: { storage: formatBytes(bytes) } };
  return { volumeClaimTemplate: { spec: { storageClassName, accessModes: ['ReadWriteOnce'], resources } } };
}
