import { LABELS } from '../catalog/labels.ts';
import { HNC_NAMESPACE, RESERVED_NAMESPACES } from '../model/namespaces.ts';
import type { Platform } from '../model/platform.ts';
import { hncManagesLabels } from '../model/tenant-labels.ts';
import { HNC_METRICS_PORT, HNC_PROBE_PORT, HNC_WEBHOOK_PORT } from './hnc-names.ts';

/** Namespaces that a GitOps tool lives in by default. */
const GITOPS_NAMESPACES = { 'argo-cd': 'argocd', flux: 'flux-system' } as const;

const escapeRegex = (text: string): string => text.replace(/[.+*?()|[\]{}^$\\]/g, '\\$&');

/** Namespaces that HNC leaves alone: neither in a tree, nor watched by its webhooks, nor relabelled. Sorted. */
export function excludedNamespaces({ environment, namespaces }: Platform): readonly string[] {
  const { backend } = environment.tenancy;
  const named = backend.kind === 'hnc' ? backend.excludedNamespaces : [];
  const gitOps = environment.gitOps ? [GITOPS_NAMESPACES[environment.gitOps.tool]] : [];
  const own = namespaces.map(({ name }) => name);
  return [...new Set([...RESERVED_NAMESPACES, ...own, ...gitOps, ...named])].sort();
}

/** Regular expressions (anchored by HNC) of the labels it manages; none where nobody can make namespaces. */
export function managedLabelPatterns({ environment, tenants }: Platform): readonly string[] {
  if (!hncManagesLabels(environment, tenants)) return [];
  return [
    escapeRegex(LABELS.tier),
    escapeRegex(LABELS.gpuAccess),
    `${escapeRegex(LABELS.podSecurityPrefix)}(enforce|audit|warn)(-version)?`,
  ];
}

/** Arguments of the manager (HNC 1.1.0, cmd/manager/main.go). */
export function hncArguments(platform: Platform): readonly string[] {
  return [
    `--namespace=${HNC_NAMESPACE}`,
    `--webhook-server-port=${HNC_WEBHOOK_PORT}`,
    `--metrics-addr=:${HNC_METRICS_PORT}`,
    `--health-probe-bind-address=:${HNC_PROBE_PORT}`,
    '--max-reconciles=10',
    '--apiserver-qps-throttle=50',
    // On by default, and looks for Google's credentials.
    '--enable-stackdriver=false',
    '--enable-internal-cert-management',
    '--cert-restart-on-secret-refresh',
    '--enable-hrq',
    ...excludedNamespaces(platform).map((name) => `--excluded-namespace=${name}`),
    ...managedLabelPatterns(platform).map((pattern) => `--managed-namespace-label=${pattern}`),
  ];
}
