import type { Manifest } from '../bundle/bundle.ts';
import { objectOr } from '../core/json.ts';
import { admittedPod, type PodDefaults } from './admitted-pod.ts';

/** `stringData` never reaches a policy: it is written to `data` as base64 (Kubernetes 1.36, pkg/apis/core/v1/conversion.go). */
function admittedSecret({ stringData, ...secret }: Manifest): Manifest {
  const texts = Object.entries(objectOr(stringData));
  if (texts.length === 0) return secret as Manifest;
  const encoded = texts.map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
  return { ...secret, data: { ...objectOr(secret.data), ...Object.fromEntries(encoded) } } as Manifest;
}

/** A new object as admission policies see it: what the API server itself fills in. `created` is its creation time. */
export function admittedObject(manifest: Manifest, defaults: PodDefaults, created: string): Manifest {
  const stamped = { ...manifest, metadata: { ...manifest.metadata, creationTimestamp: created } };
  if (manifest.apiVersion !== 'v1') return stamped;
  switch (manifest.kind) {
    case 'Pod':
      return admittedPod(stamped, defaults);
    case 'Secret':
      return admittedSecret(stamped);
    default:
      return stamped;
  }
}
