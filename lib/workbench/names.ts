import { LABELS } from '../catalog/labels.ts';
import type { Environment } from '../model/environment.ts';

/** Name of the Helm release, and by `fullnameOverride` of everything the chart makes. */
export const WORKBENCH = 'workbench';
/** ServiceAccount of sessions. It may do nothing, and its token is not mounted. */
export const SESSION_SERVICE_ACCOUNT = 'workbench-session';
/** Port on which a server answers browsers and the callbacks of sessions (chart: `pod.port`). */
export const SERVER_PORT = 8787;
/** Port of the servers' Service. The chart's own callback address has it fixed, so it stays what it is. */
export const SERVICE_PORT = 80;
/** Value of the label atelier.dev/workload on the pods that the launcher makes. */
export const SESSION_WORKLOAD = 'session';

/** Labels that the chart puts on the servers' pods (templates/_helpers.tpl, selectorLabels). */
export const SERVER_LABELS: Readonly<Record<string, string>> = {
  [LABELS.name]: 'rstudio-workbench',
  [LABELS.instance]: WORKBENCH,
};

/** Where sessions report to: the servers' Service, from inside the cluster. */
export function callbackAddress({ workbench }: Environment): string {
  return `http://${WORKBENCH}.${workbench.namespace}.svc.cluster.local:${SERVICE_PORT}`;
}
