import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '../../lib/core/json.ts';
import type { ClusterConnection } from './cluster-connection.ts';
import type { Difference } from './stand-in-provider.ts';

/** The inputs of a release that are read here. */
interface ReleaseInputs extends JsonObject {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly values: JsonObject;
}

const run = promisify(execFile);

export function checkRelease(inputs: JsonObject): readonly string[] {
  return ['name', 'namespace', 'chart', 'version', 'values']
    .filter((property) => inputs[property] === undefined)
    .map((property) => `a release needs "${property}"`);
}

export function diffRelease(olds: JsonObject, inputs: JsonObject): Difference {
  const properties = Object.keys(inputs).filter((key) => JSON.stringify(olds[key]) !== JSON.stringify(inputs[key]));
  if (properties.length === 0) return { kind: 'none' };
  return { kind: properties.some((key) => key === 'name' || key === 'namespace') ? 'replace' : 'update', properties };
}

/** Where a chart lies unpacked below ATELIER_CHARTS, as `<name>-<version>`; nowhere else is looked. */
function localChart({ chart, version }: ReleaseInputs): string | undefined {
  const folder = process.env.ATELIER_CHARTS;
  const path = folder === undefined ? undefined : join(folder, `${basename(chart)}-${version}`);
  return path !== undefined && existsSync(path) ? path : undefined;
}

async function helm(cluster: ClusterConnection, inputs: ReleaseInputs, words: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'atelier-helm-'));
  try {
    const kubeconfig = existsSync(cluster.kubeconfig) ? cluster.kubeconfig : join(folder, 'kubeconfig');
    if (kubeconfig !== cluster.kubeconfig) writeFileSync(kubeconfig, cluster.kubeconfig, { mode: 0o600 });
    const values = join(folder, 'values.json');
    writeFileSync(values, JSON.stringify(inputs.values));
    const where = ['--kubeconfig', kubeconfig, '--namespace', inputs.namespace];
    await run('helm', [...words.map((word) => (word === 'VALUES' ? values : word)), ...where]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Installs or upgrades by the real helm where the chart is at hand; else the release is only written down. */
async function install(cluster: ClusterConnection, inputs: ReleaseInputs): Promise<JsonObject> {
  const chart = localChart(inputs);
  if (chart === undefined) {
    return {
      ...inputs,
      status: { status: 'recorded', description: 'The chart is not at hand: nothing was installed.' },
    };
  }
  await helm(cluster, inputs, ['upgrade', '--install', inputs.name, chart, '--values', 'VALUES']);
  return { ...inputs, status: { status: 'deployed', description: `Installed from ${basename(chart)}.` } };
}

export async function createRelease(
  cluster: ClusterConnection,
  inputs: JsonObject,
  preview: boolean,
): Promise<{ readonly id: string; readonly outputs: JsonObject }> {
  const release = inputs as ReleaseInputs;
  const id = `${release.namespace}/${release.name}`;
  return { id, outputs: preview ? inputs : await install(cluster, release) };
}

export async function updateRelease(
  cluster: ClusterConnection,
  inputs: JsonObject,
  preview: boolean,
): Promise<JsonObject> {
  return preview ? inputs : install(cluster, inputs as ReleaseInputs);
}

export async function deleteRelease(cluster: ClusterConnection, olds: JsonObject): Promise<void> {
  const release = olds as ReleaseInputs;
  if (localChart(release)) await helm(cluster, release, ['uninstall', release.name, '--ignore-not-found']);
}
