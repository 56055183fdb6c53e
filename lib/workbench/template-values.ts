import { LABELS } from '../catalog/labels.ts';
import type { Platform } from '../model/platform.ts';
import type { JobTemplateValues } from './job-template-values.ts';
import { SESSION_SERVICE_ACCOUNT, SESSION_WORKLOAD } from './names.ts';
import { jobRules } from './platform-job-rules.ts';

/**
 * What the job template knows of the platform. Home directories are not in here: the launcher itself sends their volume
 * with every job, because the chart writes it into launcher-mounts.
 */
export function templateValues(platform: Platform): JobTemplateValues {
  const { workbench, registry } = platform.environment;
  const markers = new Set(platform.profiles.map(({ marker }) => marker.name));
  return {
    service: { type: 'ClusterIP' },
    job: { ttlSecondsAfterFinished: workbench.sessionTtlAfterFinished },
    pod: {
      // Not only by a rule: network policies and monitoring must also find a pod to which no rule applies.
      labels: { [LABELS.workload]: SESSION_WORKLOAD },
      // Its token is not mounted; the pod specification of the template cannot say so itself.
      serviceAccountName: SESSION_SERVICE_ACCOUNT,
      env: Object.entries(workbench.env).map(([name, value]) => ({ name, value })),
      imagePullSecrets: registry.pullSecret === undefined ? [] : [{ name: registry.pullSecret }],
      // Of the pod, so that it holds for init containers too; our template writes nested contexts, the chart's does not.
      defaultSecurityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      enableServiceLinks: false,
      suppressStdinAnnotation: true,
    },
    rules: jobRules(platform),
    ruleConstraints: [...markers],
  };
}
