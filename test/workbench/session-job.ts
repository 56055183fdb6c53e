import { parse } from 'yaml';
import type { JsonObject } from '../../lib/core/json.ts';
import { type JobTemplateValues, jobTemplates, type LauncherJob } from '../../lib/workbench/job-template.ts';
import { predictJob } from '../../lib/workbench/predict-job.ts';
import { dataTemplate, type Rendered, renderTemplates } from '../job-template-engine.ts';

/** The parts of a Job that tests look at. */
export interface JobView {
  readonly metadata: JsonObject;
  readonly spec: JsonObject;
  readonly podMetadata: { readonly labels?: JsonObject; readonly annotations: JsonObject };
  readonly pod: JsonObject;
  readonly session: JsonObject;
}

/** One way to a Job: through the template, or through the prediction. Throws where the session would not start. */
export type JobMaker = (job: LauncherJob, values: JobTemplateValues) => JobView;

/** An RStudio session as a launcher submits it; `changes` replace whole fields. */
export function sessionJob(changes: Partial<LauncherJob> = {}): LauncherJob {
  return {
    id: '',
    serviceName: '',
    instanceId: 'a1b2c3',
    generateName: 'session-0f3a-jdoe---rstudio-session--',
    name: 'RStudio Session',
    user: 'jdoe',
    tags: ['rstudio-r-session'],
    stdin: '{"TOKEN":"secret"}',
    servicePortsJson: '[{"targetPort":8787,"protocol":"TCP"}]',
    metadata: { job: {}, service: {}, pod: { initContainers: [] } },
    host: '',
    serviceAccountName: '',
    shareProcessNamespace: false,
    workingDirectory: '/home/jdoe',
    command: '',
    exe: '/usr/lib/rstudio-server/bin/rserver-launcher',
    args: ['--flag'],
    environment: [{ name: 'HOME', value: '/home/jdoe' }],
    config: [],
    exposedPorts: [{ targetPort: 8787, protocol: 'TCP' }],
    volumes: [{ name: 'mount0', persistentVolumeClaim: { claimName: 'home' } }],
    volumeMounts: [{ name: 'mount0', mountPath: '/home' }],
    placementConstraints: [{ name: 'workload', value: 'gpu' }],
    resourceLimits: [
      { type: 'cpuCount', value: '4' },
      { type: 'CPU Request', value: '2' },
      { type: 'memory', value: '16384' },
      { type: 'Memory Request', value: '8192' },
      { type: 'NVIDIA GPUs', value: '1' },
      { type: 'AMD GPUs', value: '0' },
    ],
    container: { image: 'registry/ds-gpu:1', runAsUserId: 10_000, runAsGroupId: 10_000 },
    initContainers: [],
    ...changes,
  };
}

/** Text that a template makes of a job. */
export function render(template: 'job.tpl' | 'service.tpl', job: LauncherJob, values: JobTemplateValues): string {
  const [result]: readonly (Rendered | undefined)[] = renderTemplates({
    templates: { ...jobTemplates(), ...dataTemplate(values) },
    render: [{ template, data: { Job: job } }],
  });
  if (!result || 'error' in result) throw new Error(result?.error ?? 'not rendered');
  return result.output;
}

interface Manifest {
  readonly metadata: JsonObject;
  readonly spec: JsonObject & {
    readonly template: {
      readonly metadata: JobView['podMetadata'];
      readonly spec: JsonObject & { readonly containers: readonly [JsonObject, ...JsonObject[]] };
    };
  };
}

function view(manifest: Manifest): JobView {
  const { metadata, spec } = manifest;
  const [session] = spec.template.spec.containers;
  return { metadata, spec, podMetadata: spec.template.metadata, pod: spec.template.spec, session };
}

/** The Job of the template; a key that stands twice is an error. */
export const renderedJob: JobMaker = (job, values) =>
  view(parse(render('job.tpl', job, values), { uniqueKeys: true }) as Manifest);

/** The Job of the prediction. */
export const predictedJob: JobMaker = (job, values) => view(predictJob(job, values) as unknown as Manifest);
