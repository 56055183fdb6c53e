import type { BundleObject, BundleRelease } from '../../bundle/bundle.ts';
import type { LabelSelector, Labels } from '../../core/label-selector.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import { describeSelector, selects } from '../reading/label-selector.ts';
import { valuesOfChart } from '../reading/release-values.ts';
import type { Rule } from '../rule.ts';

type Watched = 'serviceMonitor' | 'podMonitor' | 'rule' | 'probe' | 'scrapeConfig';

/** Kinds that Prometheus picks up, and how the values of the chart call them. */
const WATCHED: Readonly<Record<string, Watched>> = {
  ServiceMonitor: 'serviceMonitor',
  PodMonitor: 'podMonitor',
  PrometheusRule: 'rule',
  Probe: 'probe',
  ScrapeConfig: 'scrapeConfig',
};

type PrometheusSpec = {
  readonly [Key in `${Watched}Selector` | `${Watched}NamespaceSelector`]?: LabelSelector;
} & { readonly [Key in `${Watched}SelectorNilUsesHelmValues`]?: boolean };

interface StackValues {
  readonly prometheus?: { readonly prometheusSpec?: PrometheusSpec };
}

/** What Prometheus selects by: what the values say, else the label of the release, unless told not to. */
function selectorOf(spec: PrometheusSpec, watched: Watched, release: BundleRelease): LabelSelector {
  const stated = spec[`${watched}Selector`];
  if (stated && Object.keys(stated).length > 0) return stated;
  return spec[`${watched}SelectorNilUsesHelmValues`] === false ? {} : { matchLabels: { release: release.name } };
}

export const monitorNotSelected: Rule = {
  id: 'MON001',
  title: 'Prometheus takes up every monitor and every alert rule of the platform',
  severity: 'error',
  protectsFrom: 'metrics that are never scraped and alerts that never fire, without any error anywhere',
  because:
    'Left alone, kube-prometheus-stack lets Prometheus select only objects with the label `release` of its own release. All others are ignored in silence.',
  source: 'chart kube-prometheus-stack 88, values prometheus.prometheusSpec.*SelectorNilUsesHelmValues',
  example: {
    of: { valuesOf: 'kube-prometheus-stack' },
    breaks: 'prometheus: { prometheusSpec: { serviceMonitorSelectorNilUsesHelmValues: true } }',
    mended: 'prometheus: { prometheusSpec: { serviceMonitorSelectorNilUsesHelmValues: false } }',
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    const stacks = valuesOfChart<StackValues>(bundle, 'kube-prometheus-stack');
    if (stacks.length === 0) return [];
    const labelsOf = (object: BundleObject | undefined): Labels => (object?.manifest.metadata.labels ?? {}) as Labels;
    return Object.entries(WATCHED).flatMap(([kind, watched]) =>
      inventory.ofKind(kind).flatMap((object) => {
        const namespace = inventory.find('Namespace', undefined, object.manifest.metadata.namespace ?? '');
        const selectors = stacks.map(({ release, values }) => {
          const spec = values.prometheus?.prometheusSpec ?? {};
          return { labels: selectorOf(spec, watched, release), namespaces: spec[`${watched}NamespaceSelector`] ?? {} };
        });
        const taken = selectors.some(
          ({ labels, namespaces }) => selects(labels, labelsOf(object)) && selects(namespaces, labelsOf(namespace)),
        );
        if (taken) return [];
        const wanted = selectors.map(({ labels }) => describeSelector(labels)).join(' or ');
        const message = `is taken up by no Prometheus, which selects ${wanted || 'by namespace'}.`;
        return [aboutObject(object, message, `Set ${watched}SelectorNilUsesHelmValues to false, or add the label.`)];
      }),
    );
  },
};
