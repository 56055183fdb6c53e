import { type Json, type JsonObject, objectOr } from '../../../core/json.ts';
import { parseBytes, parseMillicpu } from '../../../core/quantity.ts';

/** Variable of each of the chart's `settings` (karpenter 1.14.1, templates/deployment.yaml). */
const VARIABLES: Readonly<Record<string, string>> = {
  amiRefreshInterval: 'AMI_REFRESH_INTERVAL',
  batchIdleDuration: 'BATCH_IDLE_DURATION',
  batchMaxDuration: 'BATCH_MAX_DURATION',
  clusterName: 'CLUSTER_NAME',
  disableClusterStateObservability: 'DISABLE_CLUSTER_STATE_OBSERVABILITY',
  disableDryRun: 'DISABLE_DRY_RUN',
  eksControlPlane: 'EKS_CONTROL_PLANE',
  ignoreDRARequests: 'IGNORE_DRA_REQUESTS',
  interruptionQueue: 'INTERRUPTION_QUEUE',
  isolatedVPC: 'ISOLATED_VPC',
  minValuesPolicy: 'MIN_VALUES_POLICY',
  preferencePolicy: 'PREFERENCE_POLICY',
  reservedENIs: 'RESERVED_ENIS',
  subnetRefreshInterval: 'SUBNET_REFRESH_INTERVAL',
  vmMemoryOverheadPercent: 'VM_MEMORY_OVERHEAD_PERCENT',
};

const isSet = (value: Json | undefined): value is string | number | true =>
  value === true || (typeof value === 'string' && value !== '') || (typeof value === 'number' && value !== 0);

/** `nodeOverlay: true` is `NodeOverlay=true`; gates that are not named keep Karpenter's own default. */
function featureGates(settings: JsonObject): Readonly<Record<string, string>> {
  const gates = Object.entries(objectOr(settings.featureGates));
  if (gates.length === 0) return {};
  return { FEATURE_GATES: gates.map(([gate, on]) => `${gate[0]?.toUpperCase()}${gate.slice(1)}=${on}`).join(',') };
}

/** From these Karpenter derives how much it does at once and when it collects garbage. */
function resources(values: JsonObject): Readonly<Record<string, string>> {
  const cpu = parseMillicpu(String(objectOr(values.requests).cpu ?? ''));
  const memory = parseBytes(String(objectOr(values.limits).memory ?? ''));
  return {
    ...(cpu === undefined ? {} : { CPU_REQUESTS: String(cpu) }),
    ...(memory === undefined ? {} : { MEMORY_LIMIT: String(memory) }),
  };
}

/**
 * The environment variables that the chart would give Karpenter for these values. Addresses in the cloud
 * (`clusterEndpoint`, `clusterCABundle`) and zonal shift are left out: the caller says what stands in for them.
 */
export function karpenterVariables(values: JsonObject): Readonly<Record<string, string>> {
  const settings = objectOr(values.settings);
  const named = Object.entries(settings).flatMap(([name, value]) => {
    const variable = VARIABLES[name];
    return variable !== undefined && isSet(value) ? [[variable, String(value)] as const] : [];
  });
  return { ...Object.fromEntries(named), ...featureGates(settings), ...resources(objectOr(values.resources)) };
}
