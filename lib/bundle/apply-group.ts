import type { Manifest } from './bundle.ts';

/**
 * Within a phase these come one after the other, each complete before the next begins.
 *
 * - `definitions` and `namespaces`: others are refused without them.
 * - `exceptions` before the policies that they are exceptions to: Kyverno 1.19 compiles a policy when it hears of an
 *   exception, and may read its list of exceptions before the new one is in it (pkg/cel/policies/vpol/engine: two
 *   caches), which nothing mends.
 * - `settings`: permissions, quotas, configuration, policies, volumes: all that is not below.
 * - `workloads`, whose pods read settings.
 * - `webhooks` after the workloads that answer them: before, they would refuse whatever they are asked about.
 */
export const APPLY_GROUPS = ['definitions', 'namespaces', 'exceptions', 'settings', 'workloads', 'webhooks'] as const;
export type ApplyGroup = (typeof APPLY_GROUPS)[number];

const GROUPS_OF_KINDS: Readonly<Record<string, ApplyGroup>> = {
  'apiextensions.k8s.io/CustomResourceDefinition': 'definitions',
  '/Namespace': 'namespaces',
  'policies.kyverno.io/PolicyException': 'exceptions',
  'apps/DaemonSet': 'workloads',
  'apps/Deployment': 'workloads',
  'apps/StatefulSet': 'workloads',
  'batch/CronJob': 'workloads',
  'batch/Job': 'workloads',
  '/Pod': 'workloads',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': 'webhooks',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': 'webhooks',
};

/** API group of an object: `apps`; empty for the core group. */
export function apiGroup({ apiVersion }: Pick<Manifest, 'apiVersion'>): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

/** Which group of its phase an object belongs to. */
export function applyGroup(manifest: Pick<Manifest, 'apiVersion' | 'kind'>): ApplyGroup {
  return GROUPS_OF_KINDS[`${apiGroup(manifest)}/${manifest.kind}`] ?? 'settings';
}
