import type { Json, JsonObject } from '../core/json.ts';
import type { PodTemplateValues } from './job-template-values.ts';
import type { EnvironmentVariable, LauncherInitContainer, LauncherJob } from './launcher-job.ts';
import { omitEmpty } from './omit-empty.ts';

function environment(variables: readonly EnvironmentVariable[] | undefined): readonly JsonObject[] {
  return (variables ?? []).map(({ name, value }) => ({ name, value: value ?? '' }));
}

function shellArguments(command: string, args: readonly string[] | undefined): readonly string[] {
  return ['-c', [command, ...(args ?? [])].join(' ')];
}

/** `SECRET:KEY:VARIABLE` as the variable it stands for; first, second and last part count, as upstream. */
function secretVariable(text: string): JsonObject {
  const parts = text.split(':');
  const [name = '', key] = parts;
  if (key === undefined) throw new Error(`secret ${JSON.stringify(text)} has not the form SECRET:KEY:VARIABLE`);
  return { name: parts.at(-1), valueFrom: { secretKeyRef: { name, key } } };
}

function containerSecurity(job: LauncherJob, pod: PodTemplateValues): Json {
  const given = pod.containerSecurityContext ?? {};
  const capabilities = (given.capabilities ?? {}) as { readonly [key: string]: readonly string[] | undefined };
  const { capabilitiesAdd = [], capabilitiesDrop = [] } = job.container;
  const joined = {
    ...capabilities,
    ...(capabilitiesAdd.length > 0 ? { add: [...(capabilities.add ?? []), ...capabilitiesAdd] } : {}),
    ...(capabilitiesDrop.length > 0 ? { drop: [...(capabilities.drop ?? []), ...capabilitiesDrop] } : {}),
  };
  return { ...given, ...omitEmpty({ capabilities: joined }) };
}

/** core/v1 Container of one of the launcher's own init containers. */
export function predictInitContainer(container: LauncherInitContainer): JsonObject {
  const shell = container.command !== undefined && container.command !== '';
  return {
    name: container.name,
    image: container.image,
    ...omitEmpty({
      command: shell ? ['/bin/sh'] : container.exe ? [container.exe] : [],
      args: shell ? shellArguments(container.command, container.args) : container.args,
      env: environment(container.environment),
      volumeMounts: container.mounts,
    }),
  };
}

/** core/v1 Container in which the session runs. `resources` as `jobResources` gives them. */
export function predictSessionContainer(job: LauncherJob, pod: PodTemplateValues, resources: JsonObject): JsonObject {
  const shell = job.command !== undefined && job.command !== '';
  const ownCommand = shell ? ['/bin/sh'] : [job.exe ?? null];
  const secrets = (job.config ?? []).flatMap(({ name, value }) => (name === 'secret' && value ? [value] : []));
  return {
    name: 'rs-launcher-container',
    image: job.container.image,
    command: pod.command && pod.command.length > 0 ? pod.command : ownCommand,
    stdin: job.stdin !== undefined && job.stdin !== '',
    stdinOnce: true,
    ...omitEmpty({
      imagePullPolicy: pod.imagePullPolicy,
      args: shell ? shellArguments(job.command, job.args) : job.args,
      workingDir: job.workingDirectory,
      env: [...environment(job.environment), ...secrets.map(secretVariable), ...(pod.env ?? [])],
      ports: (job.exposedPorts ?? []).flatMap(({ targetPort, publishedPort }) =>
        publishedPort ? [{ containerPort: targetPort, hostPort: publishedPort }] : [],
      ),
      resources,
      securityContext: containerSecurity(job, pod),
      volumeMounts: [...(job.volumeMounts ?? []), ...(pod.volumeMounts ?? [])],
    }),
  };
}
