import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bundle } from '../../lib/bundle/bundle.ts';
import type { ApiClient } from '../../lib/cluster/api-client.ts';
import { applyEnvironment } from '../../lib/cluster/apply-environment.ts';
import { applyObject } from '../../lib/cluster/apply-object.ts';
import { discoverKinds } from '../../lib/cluster/discovery.ts';
import { clusterFolder } from '../../lib/cluster/state.ts';
import { buildTool } from '../../lib/cluster/toolchain.ts';
import { PULUMI } from '../../lib/cluster/tools.ts';
import { lateValue } from '../../lib/core/late-value.ts';
import { cloudOf } from '../../lib/model/cluster.ts';
import { HNC_NAMESPACE } from '../../lib/model/namespaces.ts';
import type { LateValue } from '../../lib/verify/verify.ts';
import { pathWithHelm } from '../fixtures/helm.ts';
import type { CloudResourceRecord } from '../pulumi-engine/aws/inventory.ts';
import { localEks } from '../pulumi-engine/aws/local-eks.ts';
import type { StandInOptions } from '../pulumi-engine/aws/provider.ts';
import { AWS_STAND_IN, KUBERNETES_STAND_IN } from '../pulumi-engine/build-plugins.ts';
import {
  makePulumiProject,
  type PulumiCall,
  type PulumiProject,
  type PulumiResult,
  type Variables,
} from '../pulumi-engine/pulumi-project.ts';
import { silent } from './local-cluster.ts';

/** What a command of Pulumi did, or would do. */
export interface StackRun {
  readonly code: number | null;
  /** `update NodePool/gpu-l4`, for all that is not as before, in order. */
  readonly changes: readonly string[];
  /** What a refresh found to be another way on the cluster than in the state. */
  readonly drifted: readonly string[];
  readonly errors: readonly string[];
}

/** A stack of its own for one environment, on one local cluster. */
export interface Stack {
  readonly project: PulumiProject;
  /** Runs `pulumi <words>` with the stack, and reads its events. */
  readonly run: (words: readonly string[], variables?: Variables) => Promise<StackRun>;
  readonly start: (words: readonly string[], variables?: Variables) => PulumiCall;
  /** Variables that tell the stand-in for AWS something else than usual. */
  readonly aws: (options: Partial<StandInOptions>) => Variables;
  /** What exists in AWS, whatever the state says. */
  readonly cloud: () => readonly CloudResourceRecord[];
  /** Changes something in AWS by hand, as controllers do. */
  readonly changeInCloud: (resource: CloudResourceRecord, inputs: CloudResourceRecord['inputs']) => void;
  /** Deletes something in AWS by hand. */
  readonly deleteInCloud: (resource: CloudResourceRecord) => void;
  /** `pulumi stack export`. */
  readonly exported: () => Promise<string>;
}

/**
 * Writes the state once, at the end, instead of before and after each change: half of the work of an up of production
 * (docs/pulumi.md). Nobody who does so may be killed.
 */
export const STATE_AT_END = { PULUMI_SKIP_CHECKPOINTS: 'true' };

export const UP = ['up', '--yes', '--skip-preview', '--json'];
export const PREVIEW = ['preview', '--json'];

interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
  readonly resOutputsEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
}

/** Reads the events that the CLI prints, a line each; what is no event is an error of the CLI itself. */
export function readEvents({ code, stdout, stderr }: PulumiResult): StackRun {
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  const events = lines.map((line) => JSON.parse(line) as EngineEvent);
  const nameOf = (urn: string): string => urn.split('::').slice(3).join('::');
  const changes = events.flatMap(({ resourcePreEvent }) => {
    if (resourcePreEvent === undefined) return [];
    const { op, urn } = resourcePreEvent.metadata;
    return op === 'same' || op === 'refresh' ? [] : [`${op} ${nameOf(urn)}`];
  });
  const refreshed = new Set(
    events.flatMap(({ resourcePreEvent }) =>
      resourcePreEvent?.metadata.op === 'refresh' ? [resourcePreEvent.metadata.urn] : [],
    ),
  );
  const drifted = events.flatMap(({ resOutputsEvent }) => {
    if (resOutputsEvent === undefined) return [];
    const { op, urn } = resOutputsEvent.metadata;
    return op !== 'same' && op !== 'refresh' && refreshed.has(urn) ? [nameOf(urn)] : [];
  });
  const diagnosed = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === 'error' ? [diagnosticEvent.message] : [],
  );
  const own = code === 0 ? [] : [stderr];
  return { code, changes, drifted, errors: [...diagnosed, ...own] };
}

interface StackOptions {
  /** Folder of the charts whose releases are installed. */
  readonly charts?: string;
  /** For all commands of the stack. */
  readonly variables?: Variables;
}

/**
 * Makes a project and a stack for an environment on a cluster that runs. Where the environment makes its cloud, the
 * cluster is what the stand-in for AWS answers with; else the stack's configuration names it.
 */
export async function makeStack(
  { environment, platform }: Pick<Bundle, 'environment' | 'platform'>,
  cluster: string,
  { charts, variables: own = {} }: StackOptions = {},
): Promise<Stack> {
  await buildTool(PULUMI, (line) => void process.stderr.write(`${line}\n`));
  const folder = mkdtempSync(join(tmpdir(), 'atelier-pulumi-'));
  const project = await makePulumiProject(folder, [KUBERNETES_STAND_IN, AWS_STAND_IN]);
  const kubeconfig = join(clusterFolder(cluster), 'kubeconfig');
  const eks = localEks(kubeconfig, join(folder, '.engine'));
  const makesCloud = cloudOf(platform.environment) !== undefined;
  const path = [eks.bin, project.path, pathWithHelm() ?? ''].join(delimiter);
  const withCharts: Variables = charts === undefined ? {} : { ATELIER_CHARTS: charts };
  const always = { ...eks.variables({}), ...withCharts, ...own, PATH: path };
  const withStack = (words: readonly string[]): readonly string[] => [...words, '--stack', environment];
  const streaming = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: 'true' };
  const start = (words: readonly string[], variables: Variables = {}): PulumiCall =>
    project.start(withStack(words), { ...streaming, ...always, ...variables });
  await project.run(['stack', 'init', environment]);
  if (!makesCloud) await project.run(withStack(['config', 'set', '--secret', 'kubeconfig', kubeconfig]));
  return {
    project,
    start,
    run: async (words, variables) => readEvents(await start(words, variables).result),
    aws: eks.variables,
    cloud: () => eks.inventory.resources(),
    changeInCloud: (resource, inputs) => eks.inventory.update(resource, inputs),
    deleteInCloud: ({ token, id, urn }) => eks.inventory.delete(token, id, urn),
    exported: async () => (await start(['stack', 'export']).result).stdout,
  };
}

/** Kills an up as soon as something is there; false where the up ended before. */
export async function killUp(
  stack: Stack,
  isThere: () => boolean | Promise<boolean>,
  variables: Variables,
): Promise<boolean> {
  const up = stack.start(UP, variables);
  let ended = false;
  void up.result.then(() => {
    ended = true;
  });
  while (!ended && !(await isThere())) await sleep(2);
  up.kill();
  return (await up.result).code === null;
}

/** Lines of a log of operations that were done: `create Namespace/genomics`. */
export const operationsIn = (log: string): readonly string[] =>
  existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];

/** Runs the real HNC, which answers its webhooks, with nothing but its own objects of the Bundle. */
export async function startHnc(cluster: string, bundle: Bundle): Promise<void> {
  const early = ['00-crds', '10-foundation', '20-controllers'];
  const objects = bundle.objects.filter(
    ({ phase, manifest }) =>
      early.includes(phase) && JSON.stringify(manifest).includes(HNC_NAMESPACE.split('-')[0] ?? ''),
  );
  await applyEnvironment(cluster, { ...bundle, objects }, silent, ['hnc']);
}

/** The Bundle with the values that Pulumi put in for its late ones, in objects and releases. */
export function withAnswers(bundle: Bundle, late: readonly LateValue[]): Bundle {
  let text = JSON.stringify([bundle.objects, bundle.releases]);
  for (const { name, value = '' } of late) text = text.replaceAll(lateValue(name), value);
  const [objects, releases] = JSON.parse(text) as [Bundle['objects'], Bundle['releases']];
  return { ...bundle, objects, releases };
}

/** Applies the reviewed objects by the local cluster's own way; what that changes was not what was reviewed. */
export async function unlikeReviewed(client: ApiClient, { objects }: Bundle): Promise<readonly string[]> {
  const kinds = await discoverKinds(client);
  const unlike: string[] = [];
  for (const { manifest } of objects) {
    const { outcome } = await applyObject(client, kinds, manifest);
    if (outcome.kind !== 'unchanged') unlike.push(`${outcome.kind} ${manifest.kind}/${manifest.metadata.name}`);
  }
  return unlike;
}

export interface StateResource {
  readonly urn: string;
  readonly id?: string;
  readonly dependencies?: readonly string[];
}

/** What the state holds, once for each time it is there. */
export async function stateOf({ exported }: Stack): Promise<readonly StateResource[]> {
  const { deployment } = JSON.parse(await exported()) as {
    readonly deployment: { readonly resources: readonly StateResource[] };
  };
  return deployment.resources;
}
