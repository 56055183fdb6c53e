import type { JsonObject } from '../core/json.ts';
import { PACKING_SCHEDULER } from '../model/packing-scheduler.ts';

/** More than CPU and memory together: on a GPU node the GPU is what is paid for. */
const DEVICE_WEIGHT = 3;

/**
 * Against 1 of the image's locality and 3 of soft taints (Kubernetes: scheduler/apis/config/v1/default_plugins.go): a node
 * that is ten points fuller wins over one that has the image already.
 */
const PACKING_WEIGHT = 10;

/**
 * The profile that packs. Fitting scores nodes by how full they would be. Two parts of the default profile that work
 * against it are off: the score for even use of resources, and the spreading of pods that state no constraint of their
 * own. A device counts only for pods that ask for it, so all names of the platform can stand here.
 */
function packingProfile(devices: readonly string[]): JsonObject {
  return {
    schedulerName: PACKING_SCHEDULER,
    // The fullest node is wanted, not the fullest of a sample.
    percentageOfNodesToScore: 100,
    plugins: {
      multiPoint: { enabled: [{ name: 'NodeResourcesFit', weight: PACKING_WEIGHT }] },
      score: { disabled: [{ name: 'NodeResourcesBalancedAllocation' }] },
    },
    pluginConfig: [
      {
        name: 'NodeResourcesFit',
        args: {
          scoringStrategy: {
            type: 'MostAllocated',
            resources: [
              { name: 'cpu', weight: 1 },
              { name: 'memory', weight: 1 },
              ...devices.map((name) => ({ name, weight: DEVICE_WEIGHT })),
            ],
          },
        },
      },
      { name: 'PodTopologySpread', args: { defaultingType: 'List', defaultConstraints: [] } },
    ],
  };
}

const HEADER = { apiVersion: 'kubescheduler.config.k8s.io/v1', kind: 'KubeSchedulerConfiguration' };

/** Configuration of a second scheduler that packs and does nothing else, with a lease of its own in `namespace`. */
export function secondSchedulerConfiguration(devices: readonly string[], namespace: string): JsonObject {
  return {
    ...HEADER,
    leaderElection: {
      leaderElect: true,
      resourceLock: 'leases',
      resourceName: PACKING_SCHEDULER,
      resourceNamespace: namespace,
    },
    profiles: [packingProfile(devices)],
  };
}

/** Where kubeadm puts the identity of the scheduler of a control plane. */
const KUBEADM_KUBECONFIG = '/etc/kubernetes/scheduler.conf';

/** Configuration of the cluster's own scheduler: as it was, and a profile that packs beside it. */
export function controlPlaneSchedulerConfiguration(devices: readonly string[]): JsonObject {
  return {
    ...HEADER,
    // A scheduler with a configuration file takes the identity from there and not from its flag.
    clientConnection: { kubeconfig: KUBEADM_KUBECONFIG },
    leaderElection: { leaderElect: true },
    profiles: [{ schedulerName: 'default-scheduler' }, packingProfile(devices)],
  };
}
