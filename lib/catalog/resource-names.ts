/** Extended resource names of NVIDIA devices (k8s-device-plugin, README "Shared access to GPUs" and "MIG"). */
export const GPU_RESOURCE = 'nvidia.com/gpu';
/** Time-slicing or MPS with `renameByDefault: true`. */
export const SHARED_GPU_RESOURCE = 'nvidia.com/gpu.shared';
/** Prefix of MIG devices under strategy `mixed`. */
export const MIG_RESOURCE_PREFIX = 'nvidia.com/mig-';
/** NVIDIA's domain of resource names; quotas name devices without it. */
export const NVIDIA_DOMAIN = 'nvidia.com/';
