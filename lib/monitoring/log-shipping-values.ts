import { PLATFORM_DAEMON_SETS } from '../catalog/daemon-sets.ts';
import { daemonRequests } from '../model/daemon-set.ts';
import type { Platform } from '../model/platform.ts';
import { type FluentBitSection, renderFluentBit } from './fluent-bit-config.ts';
import { logDestination, POD_TAG } from './log-destination.ts';
import { type DaemonPlacement, everyNodePlacement } from './placement.ts';
import { NODE_LABEL, type Relabeling } from './relabeling.ts';
import type { Resources } from './resources.ts';

interface HostVolume {
  readonly name: string;
  readonly hostPath: { readonly path: string; readonly type?: 'DirectoryOrCreate' };
}

interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: true;
}

/** Values of the chart fluent-bit 0.58.1. */
export interface LogShippingValues extends DaemonPlacement {
  readonly resources: Resources;
  readonly securityContext: {
    readonly allowPrivilegeEscalation: false;
    readonly readOnlyRootFilesystem: true;
    readonly capabilities: { readonly drop: readonly ['ALL'] };
  };
  /** Seconds between deliveries. */
  readonly flush: number;
  readonly config: { readonly inputs: string; readonly filters: string; readonly outputs: string };
  readonly daemonSetVolumes: readonly HostVolume[];
  readonly daemonSetVolumeMounts: readonly Mount[];
  readonly serviceMonitor: { readonly enabled: true; readonly relabelings: readonly Relabeling[] };
  readonly testFramework: { readonly enabled: false };
}

const LOGS = '/var/log';
/** How far each file has been read; on the node, so that a restart neither repeats nor skips. */
const STATE = '/var/fluent-bit/state';

/** Logs of all containers of the node, save Fluent Bit's own: those would feed themselves. */
function input(platform: Platform): FluentBitSection {
  const { namespace } = platform.environment.monitoring;
  return {
    kind: 'INPUT',
    entries: {
      Name: 'tail',
      Tag: `${POD_TAG}.*`,
      Path: `${LOGS}/containers/*.log`,
      Exclude_Path: `${LOGS}/containers/fluent-bit-*_${namespace}_*.log`,
      'multiline.parser': 'cri',
      DB: `${STATE}/tail.db`,
      'DB.locking': true,
      // Beyond this, reading pauses: the file itself is the buffer, and memory stays under the pod's limit.
      Mem_Buf_Limit: '16MB',
      Buffer_Max_Size: '256KB',
      Skip_Long_Lines: true,
      Refresh_Interval: 10,
    },
  };
}

/**
 * Names of namespace, pod and container for each record. Annotations stay out for a reason: Workbench's launcher writes
 * the environment of a session into one. What is shipped and how it is read is for the platform to say, not for pods.
 */
const KUBERNETES: FluentBitSection = {
  kind: 'FILTER',
  entries: {
    Name: 'kubernetes',
    Match: `${POD_TAG}.*`,
    Merge_Log: true,
    Keep_Log: false,
    Labels: false,
    Annotations: false,
    'K8S-Logging.Parser': false,
    'K8S-Logging.Exclude': false,
    Buffer_Size: '256KB',
  },
};

/** Fluent Bit as a lean DaemonSet: containers' logs only, bounded memory, no more rights than to read them. */
export function logShippingValues(platform: Platform): LogShippingValues {
  const output = logDestination(platform);
  return {
    ...everyNodePlacement(platform),
    resources: { requests: daemonRequests(PLATFORM_DAEMON_SETS.fluentBit), limits: { memory: '128Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    flush: 5,
    config: {
      inputs: renderFluentBit([input(platform)]),
      filters: renderFluentBit([KUBERNETES]),
      outputs: renderFluentBit(output ? [output] : []),
    },
    daemonSetVolumes: [
      { name: 'logs', hostPath: { path: LOGS } },
      { name: 'state', hostPath: { path: STATE, type: 'DirectoryOrCreate' } },
    ],
    daemonSetVolumeMounts: [
      { name: 'logs', mountPath: LOGS, readOnly: true },
      { name: 'state', mountPath: STATE },
    ],
    serviceMonitor: { enabled: true, relabelings: [NODE_LABEL] },
    testFramework: { enabled: false },
  };
}
