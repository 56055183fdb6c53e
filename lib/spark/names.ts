/** Names of what Spark finds in a namespace. */
export const SPARK = {
  /** ConfigMap with the defaults and the pod templates. */
  config: 'spark',
  /** ServiceAccount of drivers, and of who submits from a pod. */
  serviceAccount: 'spark',
  role: 'spark-driver',
  /** Where the ConfigMap must be mounted: Spark reads the templates from there when an application is submitted. */
  folder: '/etc/atelier/spark',
  defaultsFile: 'spark-defaults.conf',
  driverTemplate: 'driver.yaml',
  executorTemplate: 'executor.yaml',
} as const;

/** EC2 gives this notice before it takes a spot node (EC2 user guide, "Spot Instance interruption notices"). */
const SPOT_NOTICE_SECONDS = 120;
/** Until the notice has reached the cluster and the pod is told to go. */
const NOTICE_DELAY_SECONDS = 20;

/** How long an executor has to hand over what it holds: what is left of the notice. */
export const EXECUTOR_GRACE_SECONDS = SPOT_NOTICE_SECONDS - NOTICE_DELAY_SECONDS;
