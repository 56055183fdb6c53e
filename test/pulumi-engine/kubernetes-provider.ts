import { KUBERNETES_PLUGIN_VERSION } from '../../lib/pulumi/kubernetes-provider.ts';
import { RELEASE_TYPE } from '../../lib/pulumi/resource-identity.ts';
import { type ClusterConnection, connectByKubeconfig } from './cluster-connection.ts';
import { checkRelease, createRelease, deleteRelease, diffRelease, readRelease, updateRelease } from './helm-release.ts';
import {
  checkObject,
  createObject,
  deleteObject,
  diffObject,
  previewObject,
  readObject,
  updateObject,
} from './kubernetes-object.ts';
import { type ResourceReference, serveProvider } from './stand-in-provider.ts';

/**
 * Stands in for Pulumi's Kubernetes provider: applies objects to the cluster of its kubeconfig. It waits until
 * definitions are established, and for no pods.
 */
let connection: ClusterConnection | undefined;

function cluster(): ClusterConnection {
  if (!connection) throw new Error('The provider was not configured.');
  return connection;
}

const isRelease = ({ type }: ResourceReference): boolean => type === RELEASE_TYPE;

/** The only way of applying that the stand-in knows; the real provider's default is another. */
const EXPECTED = { enableServerSideApply: 'true', enablePatchForce: 'true' };

serveProvider(KUBERNETES_PLUGIN_VERSION, {
  configure: async (settings) => {
    for (const [name, value] of Object.entries(EXPECTED)) {
      if (settings[name] !== value) throw new Error(`The stand-in wants ${name}: "${value}", not "${settings[name]}".`);
    }
    connection = connectByKubeconfig(settings.kubeconfig, {
      takesOver: settings.upsertExistingObjects === 'true',
      kubeconfig: settings.kubeconfig ?? '',
    });
  },
  check: (resource, inputs) => (isRelease(resource) ? checkRelease(inputs) : checkObject(resource, inputs)),
  diff: async (resource, _, olds, inputs) =>
    isRelease(resource) ? diffRelease(olds, inputs) : diffObject(cluster(), inputs),
  create: async (resource, inputs, preview) => {
    if (isRelease(resource)) return createRelease(cluster(), inputs, preview);
    return preview ? previewObject(cluster(), inputs) : createObject(cluster(), inputs);
  },
  read: async (resource, id, inputs, olds) =>
    isRelease(resource) ? readRelease(cluster(), id, inputs, olds) : readObject(cluster(), inputs),
  update: async (resource, _, inputs, preview) => {
    if (isRelease(resource)) return updateRelease(cluster(), inputs, preview);
    return preview ? inputs : updateObject(cluster(), inputs);
  },
  delete: async (resource, _, olds) => {
    if (isRelease(resource)) await deleteRelease(cluster(), olds);
    else await deleteObject(cluster(), olds);
  },
});
