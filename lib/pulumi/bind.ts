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

/**
 * Stands for everything before it: what follows depends on this alone, so that there are twice as many dependencies as
 * resources. A component cannot stand for its children: depending on one is depending on each of them, and all of a
 * step on all of the step before is a product. Held by the engine itself, without a provider.
 */
function barrier(name: string, after: readonly Resource[]): Resource {
  return new Stash(`order/${name}`, { input: name }, { dependsOn: [...after] });
}

/**
 * Registers one Pulumi resource for each object and release of a Bundle, in the order of {@link orderingPlan}. Throws a
 * `RunError` where the Bundle waits for late values that nobody has.
 */
export function bindBundle(bundle: Bundle, { access, cloud }: BindOptions): void {
  const lateValues = cloud?.lateValues ?? {};
  const missing = bundle.lateValues.length > 0 ? missingLateValues(bundle, lateValues) : [];
  if (missing.length > 0) throw new RunError(missing.join('\n'));
  const provider = new KubernetesProvider('cluster', access);
  const binding: Binding = { provider, lateValues, late: bundle.lateValues.length > 0 };
  // Nodes and permissions as well, not only what the kubeconfig comes from.
  let before: Resource[] = cloud ? [barrier('cloud', [cloud])] : [];
  for (const { name, resources } of orderingPlan(bundle)) {
    before = [
      barrier(
        name,
        resources.map((resource) => register(resource, binding, before)),
      ),
    ];
  }
}
