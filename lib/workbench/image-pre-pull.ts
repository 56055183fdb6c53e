import { k8s } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import { ANNOTATIONS } from '../catalog/annotations.ts';
import { PLATFORM_DAEMON_SETS } from '../catalog/daemon-sets.ts';
import { IMAGES } from '../catalog/images.ts';
import { LABELS } from '../catalog/labels.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { fitName } from '../core/names.ts';
import { formatBytes, formatMillicpu } from '../core/quantity.ts';
import { daemonTolerations, type Platform } from '../model/platform.ts';
import type { Pool } from '../model/pool.ts';
import { infrastructureClass } from '../model/priority-ladder.ts';
import { sessionPools } from '../model/session-pools.ts';
import { SESSION_INIT_IMAGE } from './product-images.ts';

const { imagePrePull } = PLATFORM_DAEMON_SETS;
/** Folder that all containers share, and the program in it. */
const TOOL_VOLUME: k8s.VolumeMount = { name: 'tool', mountPath: '/tool' };
/** busybox, which under this name ends at once and well. */
const TOOL = `${TOOL_VOLUME.mountPath}/true`;

/** What sessions of the pool run: the components of Workbench, then the images of its profiles, each once. */
function pooledImages(platform: Platform, pool: Pool): readonly string[] {
  const profiles = platform.profiles.filter((profile) => profile.pool === pool.name);
  return [...new Set([SESSION_INIT_IMAGE, ...profiles.flatMap((profile) => profile.images)])];
}

/** Every container asks for all of the overhead that was counted; they run one after the other. */
function container(name: string, image: string, rest: Partial<k8s.Container>): k8s.Container {
  const memory = k8s.Quantity.fromString(formatBytes(imagePrePull.memoryBytes));
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    resources: {
      requests: { cpu: k8s.Quantity.fromString(formatMillicpu(imagePrePull.millicpu)), memory },
      limits: { memory },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    ...rest,
  };
}

/**
 * One container per image. A session image need not have a shell or anything else to run, so each runs a program that the
 * first container puts into a folder they share. CUDA images ask for all GPUs by a variable, and where NVIDIA's runtime
 * is the default they would get them; `void` takes that back (nvidia-container-toolkit).
 */
function pullContainers(images: readonly string[]): k8s.Container[] {
  return [
    container('tool', IMAGES.busybox, { command: ['cp', '/bin/busybox', TOOL], volumeMounts: [TOOL_VOLUME] }),
    ...images.map((image, index) =>
      container(`pull-${index}`, image, {
        command: [TOOL],
        env: [{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' }],
        volumeMounts: [{ ...TOOL_VOLUME, readOnly: true }],
      }),
    ),
  ];
}

function podSpec(platform: Platform, pool: Pool): k8s.PodSpec {
  const { registry, priorities } = platform.environment;
  const priorityClassName = infrastructureClass(priorities);
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 0,
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    ...(registry.pullSecret === undefined ? {} : { imagePullSecrets: [{ name: registry.pullSecret }] }),
    nodeSelector: { [pool.constraint.name]: pool.constraint.value },
    // Also of nodes that still start: the images are there by the time the node is ready.
    tolerations: daemonTolerations(platform, [pool]).map((toleration) => ({ ...toleration })),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_534,
      runAsGroup: 65_534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    initContainers: pullContainers(pooledImages(platform, pool)),
    containers: [container('pause', IMAGES.pause, {})],
    volumes: [{ name: TOOL_VOLUME.name, emptyDir: { sizeLimit: k8s.Quantity.fromString('8Mi') } }],
  };
}

export interface ImagePrePullProps {
  readonly platform: Platform;
}

/**
 * On every node of a session pool, one pod that pulls the images sessions of the pool may choose, so that the second
 * session on a node starts at once, and the first one's image is on its way while the node still starts (WB-7). It runs
 * beside the servers, not among the sessions, whose namespace has other rules. Phase 60-workloads.
 */
export class ImagePrePull extends Construct {
  constructor(scope: Construct, id: string, { platform }: ImagePrePullProps) {
    super(scope, id);
    for (const pool of sessionPools(platform)) {
      const of = new Construct(this, pool.name);
      declareOrigin(of, pool.at);
      const labels = { [LABELS.name]: imagePrePull.name, [LABELS.nodePool]: pool.name };
      new k8s.KubeDaemonSet(of, 'daemon-set', {
        metadata: {
          name: fitName(`${imagePrePull.name}-${pool.name}`),
          namespace: platform.environment.workbench.namespace,
          labels,
          // Pulling images of many gigabytes onto every node is no step that anything waits for.
          annotations: { [ANNOTATIONS.pulumiSkipAwait]: 'true' },
        },
        spec: {
          selector: { matchLabels: labels },
          updateStrategy: {
            type: 'RollingUpdate',
            // New images reach a quarter of the nodes at a time, for the sake of the registry.
            rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString('25%') },
          },
          template: { metadata: { labels }, spec: podSpec(platform, pool) },
        },
      });
    }
  }
}
