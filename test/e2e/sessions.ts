import { parse } from 'yaml';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { podsOf, type SeenPod } from '../../lib/cluster/demo/seen.ts';
import { endSession, type StartedSession, startSession } from '../../lib/cluster/demo/session.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import type { Platform } from '../../lib/model/platform.ts';
import type { Profile } from '../../lib/model/profile.ts';
import { jobTemplates } from '../../lib/workbench/job-template.ts';
import { launcherJobOf } from '../../lib/workbench/launcher-job-of.ts';
import { templateValues } from '../../lib/workbench/template-values.ts';
import { dataTemplate, renderTemplates } from '../job-template-engine.ts';
import { eventually, list, read } from './requests.ts';

export interface Job extends Manifest {
  readonly spec: JsonObject & {
    readonly template: JsonObject & { readonly spec: JsonObject & { readonly nodeSelector?: JsonObject } };
  };
}

/** The Job of a session as our template renders it in the launcher's own engine. */
export function renderedJob(platform: Platform, profile: Profile, id: string): Job {
  const templates = { ...jobTemplates(), ...dataTemplate(templateValues(platform)) };
  const data = { Job: launcherJobOf(profile, { id }) };
  const [rendered] = renderTemplates({ templates, render: [{ template: 'job.tpl', data }] });
  if (rendered === undefined || 'error' in rendered) throw new Error(`no Job: ${JSON.stringify(rendered)}`);
  return parse(rendered.output) as Job;
}

export function profileOf({ profiles }: Platform, name: string): Profile {
  const profile = profiles.find((each) => each.name === name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  return profile;
}

/** A session of a cluster, with the means to look at it. */
export interface Session {
  readonly profile: string;
  readonly pods: () => Promise<readonly SeenPod[]>;
  /** Its pod, once it is ready on a node. */
  readonly running: () => Promise<SeenPod & { readonly spec: { readonly nodeName: string } }>;
  readonly end: () => Promise<void>;
}

/** What the cluster says of a session that does not run: its Job, its pods, and all events about either. */
async function lastWords(client: ApiClient, { namespace, job }: StartedSession): Promise<string> {
  const events = await list(client, `/api/v1/namespaces/${namespace}/events`);
  const told = events.filter(({ involvedObject }) => (involvedObject as { name: string }).name.startsWith(job));
  const path = `/apis/batch/v1/namespaces/${namespace}/jobs/${job}`;
  return JSON.stringify({
    job: (await read<Manifest>(client, path))?.status,
    pods: (await podsOf(client, namespace, job)).map(({ status }) => status),
    events: told.map(({ message }) => message),
  });
}

/** Sends a Job as the launcher would. */
export async function start(client: ApiClient, { environment }: Platform, profile: string, job: Job): Promise<Session> {
  const started: StartedSession = await startSession(client, environment.workbench.sessionNamespace, job);
  const pods = (): Promise<readonly SeenPod[]> => podsOf(client, started.namespace, started.job);
  const ready = ({ status }: SeenPod): boolean =>
    status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
  return {
    profile,
    pods,
    running: async () => {
      const pod = (await eventually(pods, (found) => found.some(ready))).find(ready);
      const nodeName = pod?.spec.nodeName;
      if (pod === undefined || nodeName === undefined) {
        throw new Error(`${profile} does not run: ${await lastWords(client, started)}`);
      }
      return { ...pod, spec: { ...pod.spec, nodeName } };
    },
    end: () => endSession(client, started),
  };
}
