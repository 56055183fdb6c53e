import type { Manifest } from '../../bundle/bundle.ts';
import type { BundleContents } from '../../bundle/contents.ts';
import { CHARTS } from '../../catalog/charts.ts';
import { asJsonObject, type Json, type JsonObject, objectOr } from '../../core/json.ts';
import { formatMillicpu } from '../../core/quantity.ts';
import type { PodDemand } from '../../model/pod-demand.ts';
import type { JobTemplateValues } from '../../workbench/job-template-values.ts';
import { launcherJobOf } from '../../workbench/launcher-job-of.ts';
import { predictJob } from '../../workbench/predict-job.ts';
import { valueAt } from '../lookup.ts';
import { describeSubject, subjectKey, subjectOf } from '../subject.ts';
import type { ReplayedRequest } from './replayed-request.ts';

/** A pod of a template, in a namespace. */
function podOf(template: Json | undefined, namespace: string, name: string): Manifest {
  const { metadata, spec } = objectOr(template);
  const own = { ...objectOr(metadata), name, namespace };
  return { apiVersion: 'v1', kind: 'Pod', metadata: own, ...(spec === undefined ? {} : { spec }) };
}

const TEMPLATES: Readonly<Record<string, string>> = {
  Deployment: 'spec.template',
  StatefulSet: 'spec.template',
  ReplicaSet: 'spec.template',
  DaemonSet: 'spec.template',
  Job: 'spec.template',
  CronJob: 'spec.jobTemplate.spec.template',
};

/** Every object of the Bundle, and a pod of every workload: warm capacity and reservations are among them. */
function ofObjects({ objects }: BundleContents): readonly ReplayedRequest[] {
  return objects.flatMap((each): readonly ReplayedRequest[] => {
    const { manifest } = each;
    const subject = subjectOf.object(each);
    const [key, about] = [subjectKey(subject), describeSubject(subject)];
    const own: ReplayedRequest = { key, about, object: manifest, subject };
    const path = TEMPLATES[manifest.kind];
    const template = path === undefined ? undefined : valueAt(manifest, path);
    const { name, namespace } = manifest.metadata;
    if (template === undefined || namespace === undefined) return [own];
    return [own, { key: `${key} pod`, about: `pods of ${about}`, object: podOf(template, namespace, name), subject }];
  });
}

interface LauncherValues {
  readonly namespace?: string;
  readonly templateValues?: JobTemplateValues;
}

/** A session's pod of every profile, as the release of Workbench tells the launcher to make it. */
function ofProfiles({ platform, releases }: BundleContents): readonly ReplayedRequest[] {
  const release = releases.find(({ chart }) => chart.name === CHARTS.rstudioWorkbench.name);
  const { namespace, templateValues } = (release?.values.launcher ?? {}) as LauncherValues;
  if (!platform || namespace === undefined || !templateValues) return [];
  return platform.profiles.flatMap((profile) => {
    const job = predictJob(launcherJobOf(profile), templateValues);
    const object = podOf(valueAt(job, 'spec.template'), namespace, `session-${profile.name}`);
    return [{ key: `profile ${profile.name}`, about: `profile ${profile.name}`, object, at: profile.at }];
  });
}

function sparkPod(demand: PodDemand, image: string, namespace: string, name: string): Manifest {
  const { millicpu, memoryBytes, gpu, selectors, tolerations, priorityClass } = demand;
  const amounts = { cpu: formatMillicpu(millicpu), memory: String(memoryBytes) };
  const limits: JsonObject = { ...amounts, ...(gpu ? { [gpu.resource]: String(gpu.count) } : {}) };
  const spec = asJsonObject({
    nodeSelector: Object.fromEntries(selectors.map((selector) => [selector.name, selector.value])),
    tolerations,
    ...(priorityClass === '' ? {} : { priorityClassName: priorityClass }),
    containers: [{ name: 'spark', image, resources: { requests: amounts, limits } }],
  });
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec };
}

/** A driver and an executor of Spark in every namespace that has it. */
function ofSpark({ platform }: BundleContents): readonly ReplayedRequest[] {
  const spark = platform?.spark;
  if (!spark) return [];
  const roles = [
    ['driver', spark.driver],
    ['executor', spark.executor],
  ] as const;
  return spark.choice.namespaces.flatMap((namespace) =>
    roles.map(([role, demand]): ReplayedRequest => {
      const about = `Spark ${role}s in ${namespace}`;
      return {
        key: about,
        about,
        object: sparkPod(demand, spark.choice.image, namespace, `spark-${role}`),
        at: demand.at,
      };
    }),
  );
}

/** Everything that an environment makes itself, or has made by Workbench and Spark. */
export function ownRequests(contents: BundleContents): readonly ReplayedRequest[] {
  return [...ofProfiles(contents), ...ofSpark(contents), ...ofObjects(contents)];
}
