import { GPU_RESOURCE } from '../catalog/resource-names.ts';
import type { Toleration } from '../model/taint.ts';
import { marshalGoJson } from './go-json.ts';
import { gpuCount } from './job-resources.ts';
import type { JobRule, JobTemplateValues } from './job-template-values.ts';
import type { LauncherJob } from './launcher-job.ts';

type StringMap = Readonly<Record<string, string>>;

/** What the rules that apply to one job say together. */
export interface RuleEffect {
  readonly tolerations: readonly Toleration[];
  readonly nodeSelector: StringMap;
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly priorityClassName?: string;
  readonly schedulerName?: string;
  readonly gpuResource: string;
  readonly activeDeadlineSeconds?: number;
}

function applies(rule: JobRule, job: LauncherJob): boolean {
  const chosen = job.placementConstraints?.some(
    (constraint) => constraint.name === rule.constraint.name && (constraint.value ?? '') === rule.constraint.value,
  );
  if (!chosen) return false;
  const hasGpu = gpuCount(job, 'NVIDIA GPUs') > 0;
  switch (rule.gpu) {
    case 'required':
      return hasGpu;
    case 'forbidden':
      return !hasGpu;
    case undefined:
      return true;
  }
}

/** The tolerations once each, in the order of their first appearance. */
export function uniteTolerations(tolerations: readonly Toleration[]): readonly Toleration[] {
  return [...new Map(tolerations.map((toleration) => [marshalGoJson(toleration), toleration])).values()];
}

function last<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.filter((value) => value !== undefined && value !== '' && value !== 0).at(-1);
}

/** The rules that fit the job, in their order. */
export function matchingRules(job: LauncherJob, values: JobTemplateValues): readonly JobRule[] {
  return (values.rules ?? []).filter((rule) => applies(rule, job));
}

/** The rules that fit the job, joined in order: maps merge, lists unite, of single values the last stays. */
export function ruleEffect(job: LauncherJob, values: JobTemplateValues): RuleEffect {
  const rules = matchingRules(job, values);
  const merge = (pick: (rule: JobRule) => StringMap | undefined): StringMap =>
    Object.fromEntries(rules.flatMap((rule) => Object.entries(pick(rule) ?? {})));
  const priorityClassName = last(rules.map((rule) => rule.priorityClassName));
  const schedulerName = last(rules.map((rule) => rule.schedulerName));
  const activeDeadlineSeconds = last(rules.map((rule) => rule.activeDeadlineSeconds));
  return {
    tolerations: uniteTolerations(rules.flatMap((rule) => rule.tolerations ?? [])),
    nodeSelector: merge((rule) => rule.nodeSelector),
    labels: merge((rule) => rule.labels),
    annotations: merge((rule) => rule.annotations),
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    ...(schedulerName === undefined ? {} : { schedulerName }),
    gpuResource: last(rules.map((rule) => rule.gpuResource)) ?? GPU_RESOURCE,
    ...(activeDeadlineSeconds === undefined ? {} : { activeDeadlineSeconds }),
  };
}
