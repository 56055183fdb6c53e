/**
 * How extended resources of GPUs and other accelerators begin. Prefixes, not names: MIG devices, shared devices and what
 * a device plugin renames keep the vendor's domain. `deviceclass.resource.kubernetes.io/` is how a pod asks for a device
 * class of Dynamic Resource Allocation without a claim (KEP-5004).
 */
export const ACCELERATOR_PREFIXES: readonly string[] = [
  'nvidia.com/',
  'amd.com/',
  'gpu.intel.com/',
  'habana.ai/',
  'aws.amazon.com/neuron',
  'deviceclass.resource.kubernetes.io/',
];

/**
 * Environment variables by which NVIDIA's and AMD's container runtimes hand a container devices it never asked
 * Kubernetes for (nvidia-container-toolkit internal/config/image/envvars.go, amd-container-runtime README).
 */
export const DEVICE_VARIABLES: readonly string[] = [
  'NVIDIA_VISIBLE_DEVICES',
  'NVIDIA_MIG_CONFIG_DEVICES',
  'NVIDIA_MIG_MONITOR_DEVICES',
  'NVIDIA_IMEX_CHANNELS',
  'AMD_VISIBLE_DEVICES',
];

/** Values of a device variable that switch devices off, which images with CUDA inside need on nodes without GPUs. */
export const NO_DEVICE_VALUES: readonly string[] = ['', 'none', 'void'];

/** Prefix of everything NVIDIA's container runtime reads. */
export const NVIDIA_VARIABLE_PREFIX = 'NVIDIA_';

/** Variables with that prefix which are no business of the container runtime: keys of NVIDIA's web services. */
export const HARMLESS_NVIDIA_VARIABLES: readonly string[] = ['NVIDIA_API_KEY'];

/** In the names of all runtime classes that the GPU operator makes, and of Kata's for NVIDIA GPUs. */
export const NVIDIA_RUNTIME_CLASS_PART = 'nvidia';

/** Pod annotations by which a container runtime injects devices (Container Device Interface). */
export const CDI_ANNOTATION_PREFIX = 'cdi.k8s.io/';

/** Mounts below it ask NVIDIA's runtime for devices (`accept-nvidia-visible-devices-as-volume-mounts`). */
export const DEVICE_MOUNT_ROOT = '/var/run/nvidia-container-devices';
