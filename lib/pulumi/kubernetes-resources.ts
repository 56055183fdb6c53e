import { CustomResource, type CustomResourceOptions, type Input, type Inputs, secret } from '@pulumi/pulumi';
import type { BundleRelease, Manifest } from '../bundle/bundle.ts';
import type { Phase } from '../bundle/phase.ts';
import { protectionOf } from './protection.ts';
import { objectIdentity, releaseIdentity } from './resource-identity.ts';

/** Phases whose releases nothing later asks anything of. */
const LAST_PHASES: ReadonlySet<Phase> = new Set(['60-workloads', '70-monitoring', '80-warm-capacity']);
/** Images of controllers are large and the first nodes may still be on their way. */
const RELEASE_TIMEOUT_SECONDS = 900;

const SECRET_FIELDS = ['data', 'stringData'];

/** What a Secret holds is encrypted in the state. */
function withoutPlainSecrets(manifest: Manifest, inputs: Inputs): Inputs {
  if (manifest.kind !== 'Secret' || manifest.apiVersion !== 'v1') return inputs;
  const held = SECRET_FIELDS.filter((field) => inputs[field] !== undefined);
  return { ...inputs, ...Object.fromEntries(held.map((field) => [field, secret(inputs[field])])) };
}

/** One Kubernetes object of a Bundle. `inputs` is the manifest, its late values resolved. */
export class KubernetesObject extends CustomResource {
  constructor(manifest: Manifest, inputs: Inputs, options: CustomResourceOptions) {
    const { type, name } = objectIdentity(manifest);
    const additionalSecretOutputs = manifest.kind === 'Secret' ? SECRET_FIELDS : [];
    super(type, name, withoutPlainSecrets(manifest, inputs), {
      ...options,
      ...protectionOf(manifest),
      additionalSecretOutputs,
    });
  }
}

interface ReleaseInputs extends Inputs {
  readonly chart: string;
  readonly values: Input<Inputs>;
}

function releaseInputs({ name, namespace, chart, phase }: BundleRelease, values: Inputs): ReleaseInputs {
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
    // Later phases need controllers that answer. Of the last phases monitoring tells; an `up` that waited for a GPU node
    // or a licence would not even install what tells.
    skipAwait: LAST_PHASES.has(phase),
    timeout: RELEASE_TIMEOUT_SECONDS,
  };
}

/** One Helm release of a Bundle. */
export class HelmRelease extends CustomResource {
  constructor(release: BundleRelease, values: Inputs, options: CustomResourceOptions) {
    const { type, name } = releaseIdentity(release);
    super(type, name, releaseInputs(release, values), options);
  }
}
