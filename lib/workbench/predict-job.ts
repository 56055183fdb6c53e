import { LABELS } from '../catalog/labels.ts';
import type { Json, JsonObject } from '../core/json.ts';
import { marshalGoJson } from './go-json.ts';
import { jobResources } from './job-resources.ts';
import { type RuleEffect, ruleEffect, uniteTolerations } from './job-rules.ts';
import type { JobTemplateValues } from './job-template-values.ts';
import { INSTANCE_LABEL, type LauncherJob } from './launcher-job.ts';
import { omitEmpty } from './omit-empty.ts';
import { predictInitContainer, predictSessionContainer } from './predict-container.ts';

/** Annotations the launcher reads back from its pods; nothing may replace them. */
function launcherAnnotations(job: LauncherJob, values: JobTemplateValues): JsonObject {
  return {
    ...Object.fromEntries((job.tags ?? []).map((tag, index) => [`USER_TAG_${index}`, tag])),
    ...(values.pod?.suppressStdinAnnotation ? {} : { stdin: job.stdin ?? '' }),
    user: job.user,
    name: job.name,
    service_ports: job.servicePortsJson ?? '',
    ...(job.metadata && Object.keys(job.metadata).length > 0 ? { user_metadata: marshalGoJson(job.metadata) } : {}),
  };
}

function nodeSelector(job: LauncherJob, values: JobTemplateValues, rules: RuleEffect): JsonObject {
  const onlyRules = new Set(values.ruleConstraints);
  const chosen = (job.placementConstraints ?? []).filter(({ name }) => !onlyRules.has(name));
  return {
    ...Object.fromEntries(chosen.map(({ name, value }) => [name, value ?? ''])),
    ...values.pod?.nodeSelector,
    ...rules.nodeSelector,
  };
}

function podSecurity(job: LauncherJob, values: JobTemplateValues): JsonObject {
  const { runAsUserId, runAsGroupId, supplementalGroupIds } = job.container;
  return {
    ...values.pod?.defaultSecurityContext,
    ...omitEmpty({ runAsUser: runAsUserId, runAsGroup: runAsGroupId, supplementalGroups: supplementalGroupIds }),
    ...values.pod?.securityContext,
  };
}

function podSpec(job: LauncherJob, values: JobTemplateValues, rules: RuleEffect): JsonObject {
  const pod = values.pod ?? {};
  const session = predictSessionContainer(job, pod, jobResources(job, pod, rules.gpuResource));
  return {
    restartPolicy: 'Never',
    enableServiceLinks: pod.enableServiceLinks ?? false,
    shareProcessNamespace: job.shareProcessNamespace ?? false,
    ...omitEmpty({
      nodeName: job.host,
      serviceAccountName: job.serviceAccountName || pod.serviceAccountName,
      hostAliases: pod.hostAliases,
      imagePullSecrets: pod.imagePullSecrets,
      nodeSelector: nodeSelector(job, values, rules),
      tolerations: uniteTolerations([...(pod.tolerations ?? []), ...rules.tolerations]).map((each) => ({ ...each })),
      affinity: pod.affinity,
      priorityClassName: rules.priorityClassName ?? pod.priorityClassName,
      schedulerName: rules.schedulerName,
      securityContext: podSecurity(job, values),
      volumes: [...(job.volumes ?? []), ...(pod.volumes ?? [])],
      initContainers: [
        ...(job.initContainers ?? []).map(predictInitContainer),
        ...(job.metadata?.pod?.initContainers ?? []),
        ...(pod.initContainers ?? []),
      ],
    }),
    containers: [session, ...(pod.extraContainers ?? [])],
  };
}

/**
 * The batch/v1 Job that `templates/job.tpl` renders for one launcher job under the given values: the same contract,
 * written a second time. Tests hold the two together; checks and explanations ask this one.
 *
 * @throws Error where the template stops the session: a `secret` that has not the form SECRET:KEY:VARIABLE.
 */
export function predictJob(job: LauncherJob, values: JobTemplateValues): JsonObject {
  const rules = ruleEffect(job, values);
  const instance: Readonly<Record<string, Json>> = omitEmpty({ [INSTANCE_LABEL]: job.instanceId });
  const { generateName, metadata = {} } = job;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      generateName,
      labels: { ...metadata.job?.labels, ...values.job?.labels, [LABELS.managedBy]: 'launcher', ...instance },
      ...omitEmpty({ annotations: { ...metadata.job?.annotations, ...values.job?.annotations } }),
    },
    spec: {
      backoffLimit: 0,
      ...omitEmpty({
        ttlSecondsAfterFinished: values.job?.ttlSecondsAfterFinished,
        activeDeadlineSeconds: rules.activeDeadlineSeconds,
      }),
      template: {
        metadata: {
          generateName,
          ...omitEmpty({
            labels: { ...metadata.pod?.labels, ...values.pod?.labels, ...rules.labels, ...instance },
          }),
          annotations: {
            ...metadata.pod?.annotations,
            ...values.pod?.annotations,
            ...rules.annotations,
            ...launcherAnnotations(job, values),
          },
        },
        spec: podSpec(job, values, rules),
      },
    },
  };
}
