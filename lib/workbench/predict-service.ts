import { LABELS } from '../catalog/labels.ts';
import type { JsonObject } from '../core/json.ts';
import type { JobTemplateValues } from './job-template-values.ts';
import { INSTANCE_LABEL, JOB_NAME_LABEL, type LauncherJob } from './launcher-job.ts';
import { omitEmpty } from './omit-empty.ts';

/** The core/v1 Service that `templates/service.tpl` renders for a job: its ports that are not published on a node. */
export function predictService(job: LauncherJob, values: JobTemplateValues): JsonObject {
  const { metadata = {} } = job;
  const ports = (job.exposedPorts ?? []).filter(({ publishedPort }) => !publishedPort);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: job.serviceName ?? null,
      labels: {
        ...metadata.service?.labels,
        ...values.service?.labels,
        [LABELS.managedBy]: 'launcher',
        [JOB_NAME_LABEL]: job.id ?? null,
        ...omitEmpty({ [INSTANCE_LABEL]: job.instanceId }),
      },
      ...omitEmpty({ annotations: { ...metadata.service?.annotations, ...values.service?.annotations } }),
    },
    spec: {
      type: values.service?.type || 'ClusterIP',
      clusterIP: '',
      selector: { [JOB_NAME_LABEL]: job.id ?? null },
      ports: ports.map(({ targetPort, protocol }, index) => ({
        name: `port${index}`,
        protocol: protocol || 'TCP',
        port: targetPort,
        targetPort,
      })),
    },
  };
}
