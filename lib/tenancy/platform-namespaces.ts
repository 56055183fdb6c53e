import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { GPU_ACCESS_ALLOWED, GPU_ACCESS_DENIED, LABELS } from '../catalog/labels.ts';
import type { PlatformNamespace } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import { podSecurityLabels } from '../model/pod-security.ts';
import type { Tier } from '../model/priority-ladder.ts';
import { defaultServiceAccount } from './default-service-account.ts';

/** Tiers whose namespaces run pods of people; the platform's own charts know best what their accounts may do. */
const PEOPLES_PODS: readonly Tier[] = ['session', 'reservation'];

function labelsOf(namespace: PlatformNamespace, kubernetesVersion: string): Record<string, string> {
  return {
    [LABELS.tier]: namespace.tier,
    [LABELS.gpuAccess]: namespace.gpuAllowed ? GPU_ACCESS_ALLOWED : GPU_ACCESS_DENIED,
    ...podSecurityLabels(namespace.podSecurity, kubernetesVersion),
  };
}

/** The namespaces of the platform itself, with the labels that policies and Pod Security go by. Phase 10-foundation. */
export class PlatformNamespaces extends Construct {
  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    const { environment } = platform;
    for (const namespace of platform.namespaces.filter(({ made }) => made)) {
      const { name, purpose, tier } = namespace;
      const of = new Construct(this, name);
      new k8s.KubeNamespace(of, 'namespace', {
        metadata: {
          name,
          labels: labelsOf(namespace, environment.kubernetesVersion),
          annotations: { [ANNOTATIONS.purpose]: purpose },
        },
      });
      if (PEOPLES_PODS.includes(tier)) defaultServiceAccount(of, 'default-service-account', name, environment);
    }
  }
}
