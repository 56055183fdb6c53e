import { RunError } from '@pulumi/pulumi/errors.js';
import type { Resource } from '@pulumi/pulumi/resource.js';
import { Stash } from '@pulumi/pulumi/stash.js';
import type { Bundle } from '../bundle/bundle.ts';
import { forEachAtOnce } from '../core/at-once.ts';
import { type RequiredSecret, requiredSecrets } from '../model/required-secrets.ts';
import type { CloudOutputs, LateOutputs } from './cloud-outputs.ts';
import { type ClusterAccess, KubernetesProvider } from './kubernetes-provider.ts';
import { objectRegistration, releaseRegistration } from './kubernetes-resources.ts';
import { missingLateValues } from './late-values.ts';
import { orderingPlan, type PlannedResource } from './ordering-plan.ts';
import { makeRegistrar, type Registration, registerResource, urnOf } from './registration.ts';

export interface BindOptions {
  readonly access: ClusterAccess;
  /** The cloud that makes the cluster. @default the cluster exists */
  readonly cloud?: CloudOutputs;
}

function registrationOf(
  resource: PlannedResource,
  lateValues: LateOutputs,
  secrets: readonly RequiredSecret[],
): Registration {
  return resource.kind === 'object'
    ? objectRegistration(resource.object.manifest, lateValues)
    : releaseRegistration(resource.release, lateValues, secrets);
}

/**
 * Stands between two steps; held by the engine itself, without a provider. It depends on the one before it and on none
 * of the resources between: those the program waits for. So dependencies are as many as resources, and there is one way
 * through them. If it depended on its step's resources, ways would multiply from step to step, and the engine walks
 * all of them as soon as a deletion fails (pulumi/pkg/resource/graph, markAsDependency): in production for years.
 *
 * On the way back the engine deletes by the longest way to what depends on nothing, so the last step goes first.
 */
function milestone(name: string, after: Resource | undefined): Resource {
  return new Stash(`order/${name}`, { input: name }, after ? { dependsOn: [after] } : {});
}

/**
 * How many resources the engine is told of before it is done with the first of them: more than it works on at once
 * (`pulumi up --parallel`, by default four for each processor), and few enough to keep in memory.
 */
const AT_ONCE = 1000;

/**
 * Registers one Pulumi resource for each object and release of a Bundle, in the order of {@link orderingPlan}. Throws a
 * `RunError` where the Bundle waits for late values that nobody has.
 */
export async function bindBundle(bundle: Bundle, { access, cloud }: BindOptions): Promise<void> {
  const lateValues = cloud?.lateValues ?? {};
  const missing = bundle.lateValues.length > 0 ? missingLateValues(bundle, lateValues) : [];
  if (missing.length > 0) throw new RunError(missing.join('\n'));
  const secrets = requiredSecrets(bundle.platform.environment);
  const registrar = await makeRegistrar(new KubernetesProvider('cluster', access));
  // Nodes and permissions as well, not only what the kubeconfig comes from.
  let before: Resource | undefined = cloud ? milestone('cloud', cloud) : undefined;
  for (const { name, resources } of orderingPlan(bundle)) {
    const dependencies = before ? [await urnOf(before)] : [];
    const register = (resource: PlannedResource): Promise<void> =>
      registerResource(registrationOf(resource, lateValues, secrets), registrar, dependencies);
    await forEachAtOnce(resources, register, AT_ONCE);
    before = milestone(name, before);
  }
}
