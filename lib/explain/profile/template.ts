import { ANNOTATIONS } from '../../catalog/annotations.ts';
import { CHARTS } from '../../catalog/charts.ts';
import { formatGoDuration } from '../../core/duration.ts';
import { asJsonObject } from '../../core/json.ts';
import type { Toleration } from '../../model/taint.ts';
import type { JobRule } from '../../workbench/job-template-values.ts';
import { placementToken } from '../../workbench/placement-token.ts';
import type { Step } from '../explanation.ts';
import { placeAt, releaseFiles } from '../scene.ts';
import { line } from '../words.ts';
import type { Session } from './session.ts';

const describeToleration = ({ key, value }: Toleration): string => (value === undefined ? key : `${key}=${value}`);

/** What one rule adds to the pod, in few words. */
function effects({
  tolerations = [],
  annotations = {},
  gpuResource,
  priorityClassName,
  schedulerName,
  activeDeadlineSeconds,
}: JobRule): readonly string[] {
  return [
    ...(tolerations.length > 0 ? [`tolerates ${tolerations.map(describeToleration).join(', ')}`] : []),
    ...(gpuResource === undefined ? [] : [`its GPU is ${gpuResource}`]),
    ...(priorityClassName === undefined ? [] : [`class ${priorityClassName}`]),
    ...(schedulerName === undefined ? [] : [`scheduler ${schedulerName}`]),
    ...(ANNOTATIONS.karpenterDoNotDisrupt in annotations ? ['protected from autoscalers'] : []),
    ...(activeDeadlineSeconds === undefined ? [] : [`ends after ${formatGoDuration(activeDeadlineSeconds)}`]),
  ];
}

function describeRule({ pool, profile }: Session, rule: JobRule): string {
  const { constraint } = rule;
  const of =
    constraint.name === pool.constraint.name
      ? `pool ${constraint.value}`
      : constraint.name === profile.marker.name
        ? `profile ${constraint.value}`
        : placementToken(constraint);
  const when = rule.gpu === 'required' ? ' with a GPU' : rule.gpu === 'forbidden' ? ' without a GPU' : '';
  const said = effects(rule);
  return `${of}${when}: ${said.length === 0 ? 'nothing more' : said.join('; ')}`;
}

/** Which rules of the job template fit the session, and what they make of its pod. */
export function explainTemplate(session: Session): Step {
  const { scene, pool, profile, rules, ruleCount } = session;
  const poolRule = rules.some(({ constraint }) => constraint.name === pool.constraint.name);
  return {
    id: 'template',
    verdict: poolRule ? 'fine' : 'care',
    summary: `${rules.length} of ${ruleCount} rules of job.tpl apply`,
    lines: [
      ...rules.map((rule) => line(describeRule(session, rule))),
      ...(poolRule
        ? []
        : [
            line(
              `The rule of pool ${pool.name} lets only sessions with a GPU onto its nodes, so the pod gets none of its tolerations.`,
            ),
          ]),
    ],
    places: [placeAt(scene, profile.at), placeAt(scene, pool.at)],
    files: releaseFiles(scene, CHARTS.rstudioWorkbench.name),
    facts: { rules: rules.map(asJsonObject), of: ruleCount },
  };
}
