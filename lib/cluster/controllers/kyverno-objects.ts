import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { Manifest } from '../../bundle/bundle.ts';
import { LABELS } from '../../catalog/labels.ts';
import type { JsonObject } from '../../core/json.ts';
import { KYVERNO_CONTROLLERS, type KyvernoController, type KyvernoSettings } from './kyverno-settings.ts';

/** Port of the metrics in the chart. */
export const KYVERNO_METRICS_PORT = 8000;

const RBAC = 'rbac.authorization.k8s.io';

/** Names that the chart gives its objects (charts/kyverno, `_helpers.tpl`), for a release called like the chart. */
export const kyvernoNames = ({ release }: KyvernoSettings) => ({
  config: release,
  metricsConfig: `${release}-metrics`,
  service: `${release}-svc`,
  metricsService: `${release}-svc-metrics`,
  serviceAccount: (controller: KyvernoController): string => `${release}-${controller}`,
});

const isRule = (rule: unknown): rule is JsonObject =>
  typeof rule === 'object' && rule !== null && 'apiGroups' in rule && Array.isArray(rule.apiGroups);

/**
 * The rules of a role in a template of the chart, as its file says them: lines of the template language are left out, so
 * that what stands under a condition counts, and what a value would fill in does not.
 */
function chartRules(template: string): readonly JsonObject[] {
  const text = readFileSync(template, 'utf8')
    .split('\n')
    .filter((line) => !line.includes('{{'))
    .join('\n');
  return parseAllDocuments(text).flatMap((document) => {
    const { rules } = (document.toJS() ?? {}) as { readonly rules?: readonly unknown[] | null };
    return (rules ?? [])
      .filter(isRule)
      .map(({ resourceNames, ...rule }) => (Array.isArray(resourceNames) ? { ...rule, resourceNames } : rule));
  });
}

/** Who a controller is, and what it may do: what the chart gives it and what our values add. */
function identity(chart: string, settings: KyvernoSettings, controller: KyvernoController): readonly Manifest[] {
  const { namespace, release, extraRules } = settings;
  const name = `${release}:${controller}`;
  const serviceAccount = kyvernoNames(settings).serviceAccount(controller);
  const subjects = [{ kind: 'ServiceAccount', name: serviceAccount, namespace }];
  const rules = (file: string): readonly JsonObject[] => chartRules(join(chart, 'templates', controller, file));
  const bind = (kind: 'Role' | 'ClusterRole', role: string, metadata: Manifest['metadata']): Manifest => ({
    apiVersion: `${RBAC}/v1`,
    kind: `${kind}Binding`,
    metadata,
    roleRef: { apiGroup: RBAC, kind, name: role },
    subjects,
  });
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: serviceAccount, namespace } },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name },
      rules: [...rules('clusterrole.yaml'), ...extraRules[controller]],
    },
    { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name, namespace }, rules: rules('role.yaml') },
    bind('ClusterRole', name, { name }),
    // rbac.createViewRoleBinding, on by default.
    bind('ClusterRole', 'view', { name: `${name}:view` }),
    bind('Role', name, { name, namespace }),
  ];
}

interface ChartConfig {
  readonly enableDefaultRegistryMutation: boolean;
  readonly defaultRegistry: string;
  readonly generateSuccessEvents: boolean;
  readonly excludeGroups: readonly string[];
  readonly resourceFilters: readonly string[];
  readonly updateRequestThreshold: number;
}

function configuration(chart: string, settings: KyvernoSettings): readonly Manifest[] {
  const { namespace, webhooks } = settings;
  const names = kyvernoNames(settings);
  const { config } = parse(readFileSync(join(chart, 'values.yaml'), 'utf8')) as { readonly config: ChartConfig };
  // Those in the template language name objects of the chart, which are in its namespace or are no pods.
  const filters = [`[*/*,${namespace},*]`, ...config.resourceFilters.filter((filter) => !filter.includes('{{'))];
  const selector = (webhooks.namespaceSelector ?? {}) as { readonly matchExpressions?: readonly JsonObject[] };
  const own = { key: LABELS.namespaceName, operator: 'NotIn', values: [namespace] };
  const withoutOwn = {
    ...webhooks,
    namespaceSelector: { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), own] },
  };
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: names.config, namespace },
      data: {
        enableDefaultRegistryMutation: String(config.enableDefaultRegistryMutation),
        defaultRegistry: config.defaultRegistry,
        generateSuccessEvents: String(config.generateSuccessEvents),
        excludeGroups: config.excludeGroups.join(','),
        resourceFilters: filters.join('\n'),
        updateRequestThreshold: String(config.updateRequestThreshold),
        webhooks: JSON.stringify(withoutOwn),
      },
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: names.metricsConfig, namespace } },
  ];
}

/** The Service of the metrics, which the environment's ServiceMonitor finds by its labels. */
function metricsService(settings: KyvernoSettings): Manifest {
  const { namespace, release } = settings;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: kyvernoNames(settings).metricsService,
      namespace,
      labels: {
        [LABELS.instance]: release,
        [LABELS.partOf]: release,
        [LABELS.component]: KYVERNO_CONTROLLERS[0],
      },
    },
    spec: { ports: [{ name: 'metrics-port', port: KYVERNO_METRICS_PORT }] },
  };
}

/** What the chart in the folder would install beside its Deployments, as far as Kyverno needs it. */
export function kyvernoObjects(chart: string, settings: KyvernoSettings): readonly Manifest[] {
  return [
    ...KYVERNO_CONTROLLERS.flatMap((controller) => identity(chart, settings, controller)),
    ...configuration(chart, settings),
    metricsService(settings),
  ];
}
