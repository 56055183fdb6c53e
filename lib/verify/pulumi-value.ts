import type { Json, JsonObject } from '../core/json.ts';

// How Pulumi writes values that are no plain JSON: sdk/go/common/resource/sig/sig.go, pkg/resource/stack/deployment.go
// (SerializePropertyValue) and pkg/backend/display/json.go (MassageSecrets) of pulumi/pulumi 3.248.0.

/** The key by which a map says that it stands for something else. */
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
const OUTPUT = 'd0e6a833031e9bbcd3f4e8bde6ca49a4';
/** Stands where a value is known only after something has been made. */
const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
/** What a preview prints in place of a secret. */
const SECRET_IN_PREVIEW = '[secret]';

/** A value as far as Pulumi shows it. */
export type PulumiValue =
  | { readonly kind: 'plain'; readonly value: Json; readonly secret: boolean }
  /** A secret that only the holder of its key can read. */
  | { readonly kind: 'hidden' }
  /** Not known before something has been made. */
  | { readonly kind: 'unknown' }
  /** A file, an archive, another resource: nothing that stands in a manifest. */
  | { readonly kind: 'foreign' };

function isMap(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readSecret({ plaintext }: JsonObject): PulumiValue {
  // `pulumi stack export --show-secrets` writes the JSON of the value.
  if (typeof plaintext !== 'string') return { kind: 'hidden' };
  const inner = readPulumiValue(JSON.parse(plaintext) as Json);
  return inner.kind === 'plain' ? { ...inner, secret: true } : inner;
}

/** Takes one wrapper off, if there is one; what is inside may hold others. */
export function readPulumiValue(value: Json): PulumiValue {
  if (value === UNKNOWN) return { kind: 'unknown' };
  if (value === SECRET_IN_PREVIEW) return { kind: 'hidden' };
  if (!isMap(value) || !Object.hasOwn(value, SIGNATURE)) return { kind: 'plain', value, secret: false };
  if (value[SIGNATURE] === SECRET) return readSecret(value);
  if (value[SIGNATURE] !== OUTPUT) return { kind: 'foreign' };
  if (value.value === undefined) return { kind: 'unknown' };
  const inner = readPulumiValue(value.value);
  return inner.kind === 'plain' ? { ...inner, secret: inner.secret || value.secret === true } : inner;
}
