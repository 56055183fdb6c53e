import { formatGoDuration } from '../core/duration.ts';
import { GiB, MiB } from '../core/quantity.ts';
import type { Platform } from '../model/platform.ts';
import { type ClaimTemplate, claimTemplate } from './claim-template.ts';
import { type ControllerPlacement, controllerPlacement } from './placement.ts';
import type { Resources } from './resources.ts';

/** Keeps one pod fewer than there are during voluntary disruption. */
interface DisruptionBudget {
  readonly enabled: true;
  readonly minAvailable: number;
}

interface ReplicaSpec extends ControllerPlacement {
  readonly replicas: number;
  readonly podAntiAffinity: 'soft' | 'hard';
  readonly resources: Resources;
}

/** `prometheus.prometheusSpec` of kube-prometheus-stack. */
interface PrometheusSpec extends ReplicaSpec {
  readonly serviceMonitorSelectorNilUsesHelmValues: false;
  readonly podMonitorSelectorNilUsesHelmValues: false;
  readonly ruleSelectorNilUsesHelmValues: false;
  readonly probeSelectorNilUsesHelmValues: false;
  readonly scrapeConfigSelectorNilUsesHelmValues: false;
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly retention: string;
  readonly retentionSize: string;
  readonly storageSpec: ClaimTemplate;
}

/** `alertmanager.alertmanagerSpec` of kube-prometheus-stack. */
interface AlertmanagerSpec extends ReplicaSpec {
  readonly storage: ClaimTemplate;
}

/** `prometheus` of kube-prometheus-stack. */
export interface PrometheusValues {
  readonly podDisruptionBudget?: DisruptionBudget;
  readonly prometheusSpec: PrometheusSpec;
}

/** `alertmanager` of kube-prometheus-stack. */
export interface AlertmanagerValues {
  readonly podDisruptionBudget?: DisruptionBudget;
  readonly alertmanagerSpec: AlertmanagerSpec;
}

/** Share of the volume that blocks may fill; the rest is for the write-ahead log and compaction (Prometheus, Storage). */
const FILL_RATIO = 0.8;

/** Silences and the notification log; it never fills. */
const ALERTMANAGER_BYTES = GiB;

function budget(replicas: number): { readonly podDisruptionBudget?: DisruptionBudget } {
  return replicas > 1 ? { podDisruptionBudget: { enabled: true, minAvailable: replicas - 1 } } : {};
}

function replicaSpec(platform: Platform, requests: Resources['requests']): ReplicaSpec {
  const { replicas } = platform.environment.monitoring;
  return {
    ...controllerPlacement(platform),
    replicas,
    podAntiAffinity: replicas > 1 ? 'hard' : 'soft',
    resources: { requests },
  };
}

/**
 * Prometheus that takes up every ServiceMonitor, PodMonitor, PrometheusRule, Probe and ScrapeConfig of every namespace.
 * Left alone, each of the five selectors wants the label `release` of this release.
 */
export function prometheusValues(platform: Platform): PrometheusValues {
  const { monitoring, storage, cluster, name } = platform.environment;
  const usable = Math.floor((monitoring.storage * FILL_RATIO) / MiB);
  return {
    ...budget(monitoring.replicas),
    prometheusSpec: {
      ...replicaSpec(platform, { cpu: '500m', memory: '2Gi' }),
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      ruleSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
      externalLabels: { cluster: cluster.name, environment: name },
      retention: formatGoDuration(monitoring.retention),
      retentionSize: `${usable}MiB`,
      storageSpec: claimTemplate(storage.block, monitoring.storage),
    },
  };
}

/** Alertmanager, as many as there are Prometheus replicas. Who is told about what is the environment's to add. */
export function alertmanagerValues(platform: Platform): AlertmanagerValues {
  const { monitoring, storage } = platform.environment;
  return {
    ...budget(monitoring.replicas),
    alertmanagerSpec: {
      ...replicaSpec(platform, { cpu: '10m', memory: '64Mi' }),
      storage: claimTemplate(storage.block, ALERTMANAGER_BYTES),
    },
  };
}
