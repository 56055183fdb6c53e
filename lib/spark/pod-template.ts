import { ANNOTATIONS } from '../catalog/annotations.ts';
import type { JsonObject } from '../core/json.ts';
import type { SparkPod } from '../model/spark-pods.ts';
import { EXECUTOR_GRACE_SECONDS } from './names.ts';

/** The user of Spark's own images, in numbers, because Kubernetes cannot see that a name is not root. */
const SPARK_USER = 185;

function placement(pod: SparkPod): JsonObject {
  return {
    nodeSelector: Object.fromEntries(pod.selectors.map(({ name, value }) => [name, value])),
    tolerations: pod.tolerations.map((toleration) => ({ ...toleration })),
    ...(pod.priorityClass === '' ? {} : { priorityClassName: pod.priorityClass }),
    // What Pod Security level "restricted" demands.
    securityContext: {
      runAsNonRoot: true,
      runAsUser: SPARK_USER,
      fsGroup: SPARK_USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
}

/** Spark takes the container of a template and adds image, arguments, resources and ports. */
const container = (name: string): JsonObject => ({
  name,
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
});

/** Template of drivers: no autoscaler takes their node. */
export function driverTemplate(driver: SparkPod): JsonObject {
  const guarded = { [ANNOTATIONS.karpenterDoNotDisrupt]: 'true', [ANNOTATIONS.autoscalerSafeToEvict]: 'false' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    ...(driver.elastic ? { metadata: { annotations: guarded } } : {}),
    spec: { ...placement(driver), containers: [container('spark-kubernetes-driver')] },
  };
}

/** Template of executors: they may go at any time, and have the spot notice to hand over; they need no identity. */
export function executorTemplate(executor: SparkPod): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: {
      ...placement(executor),
      // Else Spark gives executors the account of the driver, and with it the right to make pods.
      serviceAccountName: 'default',
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: EXECUTOR_GRACE_SECONDS,
      containers: [container('spark-kubernetes-executor')],
    },
  };
}
