import { LABELS } from '../catalog/labels.ts';
import type { JsonObject } from '../core/json.ts';
import { formatBytes, formatMillicpu } from '../core/quantity.ts';
import { type Platform, systemPlacement } from '../model/platform.ts';
import { infrastructureClass } from '../model/priority-ladder.ts';
import { SERVER_LABELS } from './names.ts';

/** How many servers there are, where they run, and how they are replaced. */
export type AvailabilityValues = {
  readonly replicas: number;
  readonly strategy: JsonObject;
  readonly podDisruptionBudget: JsonObject;
  readonly topologySpreadConstraints: readonly JsonObject[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly JsonObject[];
  readonly priorityClassName: string;
  readonly resources: { readonly requests: ResourceValues; readonly limits: ResourceValues };
  readonly startupProbe: { readonly enabled: true };
  readonly livenessProbe: { readonly enabled: true; readonly timeoutSeconds: number };
  readonly readinessProbe: { readonly enabled: true; readonly timeoutSeconds: number };
};

type ResourceValues = {
  readonly enabled: true;
  readonly cpu: string;
  readonly memory: string;
  readonly ephemeralStorage: string;
};

/** A new server waits for the old one to go: a surge would need a second activation of the license. */
function strategy(replicas: number): JsonObject {
  // One server has one disk, which two pods cannot share even for a moment.
  if (replicas === 1) return { type: 'Recreate' };
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
}

function spread(topologyKey: string, whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway'): JsonObject {
  return { maxSkew: 1, topologyKey, whenUnsatisfiable, labelSelector: { matchLabels: SERVER_LABELS } };
}

function resources({
  cpu,
  memory,
}: {
  readonly cpu: number;
  readonly memory: number;
}): AvailabilityValues['resources'] {
  const size = { enabled: true, memory: formatBytes(memory) } as const;
  return {
    requests: { ...size, cpu: formatMillicpu(cpu), ephemeralStorage: '1Gi' },
    // A server that leaks memory is restarted before its neighbours suffer; CPU may be borrowed.
    limits: { ...size, cpu: formatMillicpu(2 * cpu), ephemeralStorage: '10Gi' },
  };
}

/** Several servers stay apart and one goes at a time; a single one has no budget, because that would block every drain. */
export function availabilityValues(platform: Platform): AvailabilityValues {
  const { workbench, priorities } = platform.environment;
  const several = workbench.replicas > 1;
  const { nodeSelector, tolerations } = systemPlacement(platform);
  return {
    replicas: workbench.replicas,
    strategy: strategy(workbench.replicas),
    // The chart writes the selector of the budget itself.
    podDisruptionBudget: several ? { maxUnavailable: 1 } : {},
    topologySpreadConstraints: several
      ? [spread(LABELS.hostname, 'DoNotSchedule'), spread(LABELS.zone, 'ScheduleAnyway')]
      : [],
    nodeSelector,
    tolerations: tolerations.map((toleration) => ({ ...toleration })),
    priorityClassName: infrastructureClass(priorities) ?? '',
    resources: resources(workbench.resources),
    startupProbe: { enabled: true },
    livenessProbe: { enabled: true, timeoutSeconds: 5 },
    readinessProbe: { enabled: true, timeoutSeconds: 5 },
  };
}
