import { readAsset } from '../core/asset.ts';

export type { JobRule, JobTemplateValues, PodTemplateValues } from './job-template-values.ts';
export type { LauncherJob } from './launcher-job.ts';

/** Texts by file name, as `launcher.extraTemplates` of the chart takes them. */
export type JobTemplates = Readonly<Record<'job.tpl' | 'service.tpl', string>>;

/**
 * Both templates, because the chart mounts both or none: `launcher.includeDefaultTemplates` must be false beside them,
 * else a key stands twice in its ConfigMap. The third file they need, `rstudio-library-templates-data.tpl`, is made by
 * the chart itself from `launcher.templateValues` (`JobTemplateValues`).
 */
export function jobTemplates(): JobTemplates {
  return {
    'job.tpl': readAsset('lib/workbench/templates/job.tpl'),
    'service.tpl': readAsset('lib/workbench/templates/service.tpl'),
  };
}
