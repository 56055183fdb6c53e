import { KUBERNETES_PLUGIN_VERSION } from '../../lib/pulumi/kubernetes-provider.ts';
import { RELEASE_TYPE } from '../../lib/pulumi/resource-identity.ts';
import { checkRelease, diffRelease } from './helm-release.ts';
import { checkObject } from './kubernetes-object.ts';
import { serveProvider } from './stand-in-provider.ts';

/**
 * Stands in for Pulumi's Kubernetes provider where only the engine and the program are measured: no cluster is asked,
 * nothing is applied, and everything that was written down is taken for being there.
 */
serveProvider(KUBERNETES_PLUGIN_VERSION, {
  configure: async () => {},
  check: (resource, inputs) => (resource.type === RELEASE_TYPE ? checkRelease(inputs) : checkObject(resource, inputs)),
  diff: async (_, _id, olds, inputs) => diffRelease(olds, inputs),
  create: async ({ name }, inputs) => ({ id: name, outputs: inputs }),
  read: async (_, id, inputs) => ({ id, inputs, outputs: inputs }),
  update: async (_, _id, inputs) => inputs,
  delete: async () => {},
});
