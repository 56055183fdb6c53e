import { type Inputs, secret } from '@pulumi/pulumi/output.js';
import type { BundleRelease, Manifest } from '../bundle/bundle.ts';
import { lateValuesIn } from '../core/late-value.ts';
import type { RequiredSecret } from '../model/required-secrets.ts';
import { isAwaited } from './awaited-release.ts';
import type { LateOutputs } from './cloud-outputs.ts';
import { resolveLateValues } from './late-values.ts';
import { protectionOf } from './protection.ts';
import type { Registration } from './registration.ts';
import { objectIdentity, releaseIdentity } from './resource-identity.ts';

/** Images of controllers are large and the first nodes may still be on their way. */
const RELEASE_TIMEOUT_SECONDS = 900;

const SECRET_FIELDS = ['data', 'stringData'];

const isSecret = ({ apiVersion, kind }: Manifest): boolean => kind === 'Secret' && apiVersion === 'v1';

/** What a Secret holds is encrypted in the state. */
function withoutPlainSecrets(inputs: Inputs): Inputs {
  const held = SECRET_FIELDS.filter((field) => inputs[field] !== undefined);
  return { ...inputs, ...Object.fromEntries(held.map((field) => [field, secret(inputs[field])])) };
}

/** One Kubernetes object of a Bundle, its late values resolved. */
export function objectRegistration(manifest: Manifest, lateValues: LateOutputs): Registration {
  const resource = { ...objectIdentity(manifest), protection: protectionOf(manifest) };
  if (isSecret(manifest)) {
    const data = withoutPlainSecrets(resolveLateValues(manifest, lateValues));
    return { ...resource, inputs: { kind: 'with-outputs', data }, secretOutputs: SECRET_FIELDS };
  }
  if (lateValuesIn(manifest).length === 0) return { ...resource, inputs: { kind: 'plain', data: manifest } };
  return { ...resource, inputs: { kind: 'with-outputs', data: resolveLateValues(manifest, lateValues) } };
}

function releaseInputs<T>({ name, namespace, chart }: BundleRelease, values: T, awaited: boolean) {
  const oci = chart.repository.startsWith('oci://');
  return {
    name,
    namespace,
    chart: oci ? `${chart.repository}/${chart.name}` : chart.name,
    ...(oci ? {} : { repositoryOpts: { repo: chart.repository } }),
    version: chart.version,
    values,
    // The SDK of the provider marks its inputs so; without it the provider expects those of another Helm resource.
    compat: 'true',
    skipAwait: !awaited,
    timeout: RELEASE_TIMEOUT_SECONDS,
  };
}

/** One Helm release of a Bundle, the late values of its values resolved; `secrets` are those that people make. */
export function releaseRegistration(
  release: BundleRelease,
  lateValues: LateOutputs,
  secrets: readonly RequiredSecret[],
): Registration {
  const values = resolveLateValues(release.values, lateValues);
  const data = releaseInputs(release, values, isAwaited(release, secrets));
  return { ...releaseIdentity(release), inputs: { kind: 'with-outputs', data } };
}
