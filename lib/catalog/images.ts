import { patchRelease, TARGET_VERSIONS } from './versions.ts';

/**
 * Images that objects and CI jobs of ours run, beside those of charts and sessions, for amd64 and arm64. Those of
 * registry.k8s.io are published by the Kubernetes project.
 */
export const IMAGES = {
  /** Does nothing, which is what placeholders are for. The tag Kubernetes 1.36 itself uses (cmd/kubeadm constants). */
  pause: 'registry.k8s.io/pause:3.10.2',
  /** One static program; the musl build runs inside any image, also in one without a C library. */
  busybox: 'public.ecr.aws/docker/library/busybox:1.37.0-musl',
  /** Builds session images in GitLab jobs, without a daemon. */
  buildah: 'quay.io/buildah/stable:v1.41.5',
} as const;

/** Image of one of Kubernetes' own programs, at the version of the cluster (`1.36`). Published with every release. */
export function kubernetesImage(program: 'kubectl' | 'kube-scheduler', kubernetesVersion: string): string {
  return `registry.k8s.io/${program}:v${patchRelease(kubernetesVersion, TARGET_VERSIONS.kubernetesPatch)}`;
}
