import { asJsonObject, type Json, type JsonObject, objectOr } from '../core/json.ts';
import { apiGroup, type Subject } from '../preview/subject.ts';
import type { AppliedResource } from './applied.ts';
import { readPulumiValue } from './pulumi-value.ts';

/** The one type of the Kubernetes package that is no object. */
const HELM_RELEASE = 'kubernetes:helm.sh/v3:Release';
/** `kubernetes:apps/v1:Deployment`; a patch of an object (`...:DeploymentPatch`) is told by its kind, not by its type. */
const OBJECT_TYPE = /^kubernetes:(?<version>[^:]+):(?<kind>[^:]+)$/;

/** A Kubernetes object or Helm release as it is applied, known by what a Bundle knows it by. */
export interface AppliedThing {
  readonly resource: AppliedResource;
  readonly subject: Subject;
  /** What is compared; values may be wrapped. */
  readonly content: JsonObject;
}

/** The value without its wrapper where it is a text that Pulumi shows. */
function shown(value: Json | undefined): string | undefined {
  const read = value === undefined ? undefined : readPulumiValue(value);
  return read?.kind === 'plain' && typeof read.value === 'string' ? read.value : undefined;
}

function unwrapped(value: Json | undefined): JsonObject {
  const read = value === undefined ? undefined : readPulumiValue(value);
  return read?.kind === 'plain' ? objectOr(read.value) : {};
}

/** `kind/namespace/name` or `kind/name`: how the binder names resources. */
function logicalName(name: string): { readonly namespace?: string; readonly name: string } {
  const [, first = name, second] = name.split('/');
  return second === undefined ? { name: first } : { namespace: first, name: second };
}

function objectThing(resource: AppliedResource, version: string, kind: string): AppliedThing {
  const { inputs } = resource;
  const metadata = unwrapped(inputs.metadata);
  const name = shown(metadata.name);
  const namespace = shown(metadata.namespace);
  const identity =
    name === undefined ? logicalName(resource.name) : { name, ...(namespace === undefined ? {} : { namespace }) };
  const subject: Subject = {
    type: 'object',
    group: apiGroup(shown(inputs.apiVersion) ?? (version.startsWith('core/') ? '' : version)),
    kind: shown(inputs.kind) ?? kind,
    ...identity,
  };
  return { resource, subject, content: inputs };
}

/** A chart as one address, because repository and name may be given together or apart. */
export function chartAddress(repository: string | undefined, name: string): string {
  return repository === undefined || repository === '' ? name : `${repository.replace(/\/$/, '')}/${name}`;
}

function releaseThing(resource: AppliedResource): AppliedThing {
  const { chart, name, namespace, version, values, repositoryOpts, postrender } = resource.inputs;
  const repository = shown(unwrapped(repositoryOpts).repo);
  const named = { ...logicalName(resource.name), ...(shown(name) === undefined ? {} : { name: shown(name) ?? '' }) };
  const chartName = shown(chart);
  return {
    resource,
    subject: { type: 'release', namespace: shown(namespace) ?? named.namespace ?? '', name: named.name },
    content: asJsonObject({
      chart: chartName === undefined ? chart : chartAddress(repository, chartName),
      version,
      values: values ?? {},
      // A program that rewrites what the chart renders.
      ...(postrender === undefined || postrender === null || postrender === '' ? {} : { postrender }),
    }),
  };
}

/** The object or release that a resource is; `undefined` for all that is compared with nothing. */
export function appliedThing(resource: AppliedResource): AppliedThing | undefined {
  const { version, kind } = OBJECT_TYPE.exec(resource.type)?.groups ?? {};
  if (!resource.custom || version === undefined || kind === undefined) return undefined;
  return resource.type === HELM_RELEASE ? releaseThing(resource) : objectThing(resource, version, kind);
}
