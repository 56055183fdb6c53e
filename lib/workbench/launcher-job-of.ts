import type { Profile } from '../model/profile.ts';
import { HOME_CLAIM } from '../model/storage.ts';
import type { LauncherJob, LauncherResourceLimit } from './launcher-job.ts';
import { cores } from './launcher-units.ts';
import { SERVER_PORT } from './names.ts';
import { SESSION_INIT_IMAGE } from './product-images.ts';
import { profileConstraints } from './resources-conf.ts';

/** Who starts the session, and how it is told from others. */
export interface SessionRequest {
  /** @default jdoe */
  readonly user?: string;
  /** Image out of those of the profile. @default its first */
  readonly image?: string;
  /** The launcher that starts it. @default none */
  readonly instanceId?: string;
  /** Makes names differ; a DNS label. @default 0 */
  readonly id?: string;
}

function resourceLimits({ cpu, memoryMB, gpu }: Profile): readonly LauncherResourceLimit[] {
  return [
    { type: 'cpuCount', value: cores(cpu.limit) },
    { type: 'CPU Request', value: cores(cpu.request) },
    { type: 'memory', value: String(memoryMB.limit) },
    { type: 'Memory Request', value: String(memoryMB.request) },
    { type: 'NVIDIA GPUs', value: String(gpu?.count ?? 0) },
  ];
}

/**
 * The job that the launcher makes when a user chooses the profile: limits and constraints of the resource profile, the
 * home directory by launcher-mounts, session components by an init container. Executable and names are illustrative.
 */
export function launcherJobOf(profile: Profile, request: SessionRequest = {}): LauncherJob {
  const { user = 'jdoe', image = profile.images[0] ?? '', instanceId, id = '0' } = request;
  return {
    generateName: `session-${id}-${user.toLowerCase().replace(/[^a-z0-9]+/g, '-')}---rstudio-session--`,
    name: 'RStudio Session',
    user,
    serviceName: `session-${id}`,
    ...(instanceId === undefined ? {} : { instanceId }),
    tags: ['rstudio-r-session'],
    servicePortsJson: JSON.stringify([{ targetPort: SERVER_PORT, protocol: 'TCP' }]),
    workingDirectory: `/home/${user}`,
    exe: '/usr/lib/rstudio-server/bin/rserver-launcher',
    environment: [{ name: 'HOME', value: `/home/${user}` }],
    exposedPorts: [{ targetPort: SERVER_PORT, protocol: 'TCP' }],
    volumes: [
      { name: 'mount0', persistentVolumeClaim: { claimName: HOME_CLAIM } },
      { name: 'init-volume', emptyDir: {} },
    ],
    volumeMounts: [
      { name: 'mount0', mountPath: '/home' },
      { name: 'init-volume', mountPath: '/usr/lib/rstudio-server' },
    ],
    placementConstraints: profileConstraints(profile),
    resourceLimits: resourceLimits(profile),
    container: { image },
    initContainers: [
      {
        name: 'session-init',
        image: SESSION_INIT_IMAGE,
        mounts: [{ name: 'init-volume', mountPath: '/mnt/init' }],
      },
    ],
  };
}
