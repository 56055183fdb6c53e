import { type Resource, RunError, Stash } from '@pulumi/pulumi';
import type { Bundle } from '../bundle/bundle.ts';
import type { CloudOutputs, LateOutputs } from './cloud-outputs.ts';
import { type ClusterAccess, KubernetesProvider } from './kubernetes-provider.ts';
import { HelmRelease, KubernetesObject } from './kubernetes-resources.ts';
import { missingLateValues, resolveLateValues } from './late-values.ts';
import { orderingPlan, type PlannedResource } from './ordering-plan.ts';

export interface BindOptions {
  readonly access: ClusterAccess;
  /** The cloud that makes the cluster. @default the cluster exists */
  readonly cloud?: CloudOutputs;
}

interface Binding {
  readonly provider: KubernetesProvider;
  readonly lateValues: LateOutputs;
  /** Whether anything waits for a late value: most Bundles need not be searched. */
  readonly late: boolean;
}

function register(resource: PlannedResource, { provider, lateValues, late }: Binding, dependsOn: Resource[]): Resource {
  const options = { provider, dependsOn };
  switch (resource.kind) {
    case 'object': {
      const { manifest } = resource.object;
      return new KubernetesObject(manifest, late ? resolveLateValues(manifest, lateValues) : { ...manifest }, options);
    }
    case 'release': {
      const { release } = resource;
      const values = late ? resolveLateValues(release.values, lateValues) : { ...release.values };
      return new HelmRelease(release, values, options);
    }
  }
}

/** Resolves when the engine is done with a resource: made, changed, found as it should be, or previewed. */
function settled(resource: Resource): Promise<unknown> {
  return new Promise((resolve) => resource.urn.apply(resolve));
}

/**
 * Stands between two steps; held by the engine itself, without a provider. It depends on the one before it and on none
 * of the resources between: those the program waits for. So dependencies are as many as resources, and there is one way
 * through them. If it depended on its step's resources, ways would multiply from step to step, and the engine walks
 * all of them as soon as a deletion fails (pulumi/pkg/resource/graph, markAsDependency): in production for years.
 *
 * On the way back the engine deletes by the longest way to what depends on nothing, so the last step goes first.
 */
function milestone(name: string, after: readonly Resource[]): Resource {
  return new Stash(`order/${name}`, { input: name }, { dependsOn: [...after] });
}

/**
 * Registers one Pulumi resource for each object and release of a Bundle, in the order of {@link orderingPlan}. Throws a
 * `RunError` where the Bundle waits for late values that nobody has.
 */
export async function bindBundle(bundle: Bundle, { access, cloud }: BindOptions): Promise<void> {
  const lateValues = cloud?.lateValues ?? {};
  const missing = bundle.lateValues.length > 0 ? missingLateValues(bundle, lateValues) : [];
  if (missing.length > 0) throw new RunError(missing.join('\n'));
  const provider = new KubernetesProvider('cluster', access);
  const binding: Binding = { provider, lateValues, late: bundle.lateValues.length > 0 };
  // Nodes and permissions as well, not only what the kubeconfig comes from.
  let before: Resource[] = cloud ? [milestone('cloud', [cloud])] : [];
  for (const { name, resources } of orderingPlan(bundle)) {
    const step = resources.map((resource) => register(resource, binding, before));
    await Promise.all(step.map(settled));
    before = [milestone(name, before)];
  }
}
