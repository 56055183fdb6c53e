import type { Environment } from './environment.ts';
import type { Tier } from './priority-ladder.ts';

/** A namespace of the platform itself. */
export interface PlatformNamespace {
  readonly name: string;
  readonly tier: Tier;
  /** What lives there, for people. */
  readonly purpose: string;
  readonly podSecurity: 'privileged' | 'baseline' | 'restricted';
  readonly gpuAllowed: boolean;
  /** False where the namespace comes with the cluster: it is used, not made. */
  readonly made: boolean;
}

export const KUBE_SYSTEM = 'kube-system';
export const KYVERNO_NAMESPACE = 'kyverno';
export const GPU_NAMESPACE = 'gpu-operator';
export const HNC_NAMESPACE = 'hnc-system';
export const SCHEDULER_NAMESPACE = 'atelier-scheduler';
export const RESERVATIONS_NAMESPACE = 'atelier-reservations';
export const WARM_CAPACITY_NAMESPACE = 'atelier-warm-capacity';

/** Namespaces that no tenant may be called: those of Kubernetes. */
export const RESERVED_NAMESPACES: readonly string[] = ['default', KUBE_SYSTEM, 'kube-public', 'kube-node-lease'];

/** Every namespace of the platform, in the order it is made. */
export function platformNamespaces(environment: Environment): readonly PlatformNamespace[] {
  const platform = { tier: 'platform', podSecurity: 'baseline', gpuAllowed: false, made: true } as const;
  const placeholders = { tier: 'reservation', podSecurity: 'restricted', gpuAllowed: true, made: true } as const;
  const { workbench, monitoring, policies } = environment;
  return [
    { ...platform, name: KUBE_SYSTEM, podSecurity: 'privileged', purpose: 'The cluster itself.', made: false },
    { ...platform, name: KYVERNO_NAMESPACE, podSecurity: 'restricted', purpose: 'Admission policies.' },
    {
      ...platform,
      name: GPU_NAMESPACE,
      podSecurity: 'privileged',
      gpuAllowed: true,
      purpose: 'What makes GPUs visible.',
    },
    // node-exporter and Fluent Bit read the host.
    { ...platform, name: monitoring.namespace, podSecurity: 'privileged', purpose: 'Metrics, dashboards, logs.' },
    { ...platform, name: policies.exceptionsNamespace, podSecurity: 'restricted', purpose: 'Exceptions that count.' },
    ...(environment.tenancy.backend.kind === 'hnc'
      ? [{ ...platform, name: HNC_NAMESPACE, podSecurity: 'restricted', purpose: 'Hierarchical namespaces.' } as const]
      : []),
    ...(environment.packingScheduler.kind === 'deployment'
      ? [{ ...platform, name: SCHEDULER_NAMESPACE, podSecurity: 'restricted', purpose: 'Packs sessions.' } as const]
      : []),
    ...(environment.reservations.length > 0
      ? [
          {
            ...placeholders,
            name: RESERVATIONS_NAMESPACE,
            purpose: 'Placeholders that hold GPUs for courses.',
          } as const,
        ]
      : []),
    ...(environment.sessionProfiles.some(({ warmCapacity }) => warmCapacity !== undefined)
      ? [{ ...placeholders, name: WARM_CAPACITY_NAMESPACE, purpose: 'Placeholders that keep nodes ready.' } as const]
      : []),
    { ...platform, name: workbench.namespace, purpose: 'Posit Workbench servers.' },
    {
      name: workbench.sessionNamespace,
      tier: 'session',
      podSecurity: 'baseline',
      gpuAllowed: environment.sessionProfiles.some((profile) => profile.gpu !== undefined),
      made: true,
      purpose: 'Sessions of Posit Workbench.',
    },
  ];
}
