import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { JsonObject } from '../../lib/core/json.ts';
import type { ClusterConnection } from './cluster-connection.ts';
import { runHelm } from './helm-program.ts';
import { PartialFailure } from './partial-failure.ts';
import type { Difference, Existing } from './stand-in-provider.ts';

/** The inputs of a release that are read here. */
interface ReleaseInputs extends JsonObject {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly values: JsonObject;
  readonly timeout: number;
}

/** What the state says of a release beside its inputs. */
interface ReleaseStatus extends JsonObject {
  /** Of Helm, or `recorded` where there was no chart. */
  readonly status: string;
  readonly revision?: number;
}

/** The provider's default, which a release has that is imported. */
const IMPORTED_TIMEOUT_SECONDS = 300;
const WHAT_IT_NEEDS = ['name', 'namespace', 'chart', 'version', 'values', 'timeout'];

export function checkRelease(inputs: JsonObject): readonly string[] {
  return WHAT_IT_NEEDS.filter((property) => inputs[property] === undefined).map(
    (property) => `a release needs "${property}"`,
  );
}

export function diffRelease({ status: _, ...olds }: JsonObject, inputs: JsonObject): Difference {
  const properties = [...new Set([...Object.keys(olds), ...Object.keys(inputs)])].filter(
    (key) => JSON.stringify(olds[key]) !== JSON.stringify(inputs[key]),
  );
  if (properties.length === 0) return { kind: 'none' };
  return { kind: properties.some((key) => key === 'name' || key === 'namespace') ? 'replace' : 'update', properties };
}

/** Why helm gave up, without the warnings that came before. */
const reason = (stderr: string): string => /^Error: (.*)/ms.exec(stderr)?.[1]?.trim() ?? stderr;

const idOf = ({ namespace, name }: ReleaseInputs): string => `${namespace}/${name}`;

/** Where a chart lies unpacked below ATELIER_CHARTS, as `<name>-<version>`; nowhere else is looked. */
function localChart({ chart, version }: ReleaseInputs): string | undefined {
  const folder = process.env.ATELIER_CHARTS;
  const path = folder === undefined ? undefined : join(folder, `${basename(chart)}-${version}`);
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** What Helm knows of a release; `undefined` where it knows none of the name. */
async function statusOf(
  { kubeconfig }: ClusterConnection,
  { name, namespace }: Pick<ReleaseInputs, 'name' | 'namespace'>,
): Promise<ReleaseStatus | undefined> {
  const words = ['status', name, '--namespace', namespace, '--output', 'json'];
  const { code, stdout, stderr } = await runHelm(kubeconfig, words);
  if (code !== 0) {
    if (stderr.includes('not found')) return undefined;
    throw new Error(reason(stderr));
  }
  const { version, info } = JSON.parse(stdout) as { readonly version: number; readonly info: { status: string } };
  return { status: info.status, revision: version };
}

/**
 * Installs or upgrades by the real helm, which waits for hooks and for no pods. What Helm wrote down before it failed is a
 * release that failed, and is upgraded next time; of what it refused from the start nothing is known afterwards.
 */
async function deploy(
  cluster: ClusterConnection,
  verb: 'install' | 'upgrade',
  release: ReleaseInputs,
  chart: string,
): Promise<JsonObject> {
  const before = await statusOf(cluster, release);
  // As Helm 3 in the real provider applies.
  const words = ['--namespace', release.namespace, '--timeout', `${release.timeout}s`, '--server-side=false'];
  const { code, stderr } = await runHelm(cluster.kubeconfig, [verb, release.name, chart, '--values', '-', ...words], {
    stdin: JSON.stringify(release.values),
  });
  const after = await statusOf(cluster, release);
  const outputs = { ...release, ...(after ? { status: after } : {}) };
  if (code === 0) return outputs;
  if (after === undefined || after.revision === before?.revision) throw new Error(reason(stderr));
  const id = idOf(release);
  const failed = `Helm release "${id}" failed to initialize completely. Use Helm CLI to investigate: ${reason(stderr)}`;
  throw new PartialFailure(failed, { id, outputs });
}

const recorded = (release: ReleaseInputs): JsonObject => ({
  ...release,
  status: { status: 'recorded', description: 'The chart is not at hand: nothing was installed.' },
});

const wasRecorded = ({ status }: JsonObject): boolean => (status as ReleaseStatus | undefined)?.status === 'recorded';

/** By the real helm where the chart is at hand; else the release is only written down. */
export async function createRelease(
  cluster: ClusterConnection,
  inputs: JsonObject,
  preview: boolean,
): Promise<{ readonly id: string; readonly outputs: JsonObject }> {
  const release = inputs as ReleaseInputs;
  if (preview) return { id: idOf(release), outputs: inputs };
  const chart = localChart(release);
  const outputs = chart ? await deploy(cluster, 'install', release, chart) : recorded(release);
  return { id: idOf(release), outputs };
}

export async function updateRelease(
  cluster: ClusterConnection,
  inputs: JsonObject,
  preview: boolean,
): Promise<JsonObject> {
  if (preview) return inputs;
  const release = inputs as ReleaseInputs;
  const chart = localChart(release);
  return chart ? deploy(cluster, 'upgrade', release, chart) : recorded(release);
}

/** What would make a release that nobody has inputs of: it is to be imported. */
async function inputsOf({ kubeconfig }: ClusterConnection, namespace: string, name: string): Promise<JsonObject> {
  const ask = async (what: string): Promise<JsonObject> => {
    const words = ['get', what, name, '--namespace', namespace, '--output', 'json'];
    const { code, stdout, stderr } = await runHelm(kubeconfig, words);
    if (code !== 0) throw new Error(reason(stderr));
    return JSON.parse(stdout) as JsonObject;
  };
  const { chart, version } = await ask('metadata');
  return { name, namespace, chart, version, values: await ask('values'), timeout: IMPORTED_TIMEOUT_SECONDS };
}

/** What Helm has of a release. */
export async function readRelease(
  cluster: ClusterConnection,
  id: string,
  known: JsonObject,
  olds: JsonObject,
): Promise<Existing | undefined> {
  if (wasRecorded(olds)) return { id, inputs: known, outputs: olds };
  const [namespace = '', name = ''] = id.split('/');
  const status = await statusOf(cluster, { namespace, name });
  if (!status) return undefined;
  const inputs = known.chart === undefined ? await inputsOf(cluster, namespace, name) : known;
  return { id, inputs, outputs: { ...inputs, status } };
}

export async function deleteRelease(cluster: ClusterConnection, olds: JsonObject): Promise<void> {
  if (wasRecorded(olds)) return;
  const { name, namespace } = olds as ReleaseInputs;
  const { code, stderr } = await runHelm(cluster.kubeconfig, ['uninstall', name, '--namespace', namespace, '--wait']);
  if (code !== 0) throw new Error(reason(stderr));
}
