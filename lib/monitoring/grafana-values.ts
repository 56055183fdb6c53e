import { ALB_ANNOTATIONS } from '../catalog/annotations.ts';
import { LABELS } from '../catalog/labels.ts';
import type { Platform } from '../model/platform.ts';
import { type ControllerPlacement, controllerPlacement } from './placement.ts';
import type { Resources } from './resources.ts';

/** Value of the label `grafana_dashboard` on ConfigMaps that hold a dashboard. */
const DASHBOARD_LABEL_VALUE = '1';

/** ClusterRole that Grafana's sidecars run with, in place of the chart's. */
export const GRAFANA_ROLE = 'atelier:grafana-sidecars';

/** `grafana.ingress`: TLS with the certificate that the ingress controller has for the host. */
interface GrafanaIngress {
  readonly enabled: true;
  readonly ingressClassName: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly hosts: readonly [string];
  readonly tls: readonly [{ readonly hosts: readonly [string] }];
}

/** `grafana` of kube-prometheus-stack (grafana-community chart 12.11). */
export interface GrafanaValues extends ControllerPlacement {
  readonly admin: { readonly existingSecret: string };
  readonly resources: Resources;
  /** The chart's own role lets Grafana read every Secret of the cluster (templates/clusterrole.yaml). */
  readonly rbac: { readonly useExistingClusterRole: string };
  /** ConfigMaps only: by default the sidecars watch Secrets too. */
  readonly sidecar: {
    readonly dashboards: {
      readonly label: string;
      readonly labelValue: string;
      readonly searchNamespace: 'ALL';
      readonly resource: 'configmap';
    };
    readonly datasources: { readonly resource: 'configmap' };
  };
  readonly ingress?: GrafanaIngress;
  readonly 'grafana.ini'?: { readonly server: { readonly root_url: string } };
  readonly testFramework: { readonly enabled: false };
}

function ingress(platform: Platform, host: string): Pick<GrafanaValues, 'ingress' | 'grafana.ini'> {
  // A cluster has one ingress controller; the environment names its class once, for Workbench.
  const { className } = platform.environment.workbench.ingress;
  // The load balancer finds the certificate by the host name (AWS Load Balancer Controller, certificate discovery).
  const annotations = {
    [ALB_ANNOTATIONS.scheme]: 'internal',
    [ALB_ANNOTATIONS.targetType]: 'ip',
    [ALB_ANNOTATIONS.listenPorts]: '[{"HTTPS":443}]',
    // "/" answers with a redirect, which the load balancer takes for illness.
    [ALB_ANNOTATIONS.healthCheckPath]: '/api/health',
  };
  return {
    ingress: {
      enabled: true,
      ingressClassName: className,
      ...(className === 'alb' ? { annotations } : {}),
      hosts: [host],
      tls: [{ hosts: [host] }],
    },
    'grafana.ini': { server: { root_url: `https://${host}` } },
  };
}

/** Grafana without state of its own: dashboards come from ConfigMaps of any namespace, the password from a Secret. */
export function grafanaValues(platform: Platform): GrafanaValues {
  const { grafanaHost, grafanaAdminSecret } = platform.environment.monitoring;
  return {
    ...controllerPlacement(platform),
    admin: { existingSecret: grafanaAdminSecret },
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
    rbac: { useExistingClusterRole: GRAFANA_ROLE },
    sidecar: {
      dashboards: {
        label: LABELS.grafanaDashboard,
        labelValue: DASHBOARD_LABEL_VALUE,
        searchNamespace: 'ALL',
        resource: 'configmap',
      },
      datasources: { resource: 'configmap' },
    },
    ...(grafanaHost === undefined ? {} : ingress(platform, grafanaHost)),
    testFramework: { enabled: false },
  };
}
