import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, connect } from './api-client.ts';
import { ClusterError, type Report } from './cluster-error.ts';
import { type ComponentSpec, componentSpecs } from './components.ts';
import { clusterAccess } from './kubeconfig.ts';
import { failureOf } from './logs.ts';
import { isRunning, type ProcessIdentity, startProcess, stopProcess } from './process.ts';
import { type ClusterProcess, type ClusterState, type Ports, writeState } from './state.ts';
import { binaryPath } from './toolchain.ts';

const POLL_MS = 100;
/** Ten times what a slow laptop needs. */
const READY_TIMEOUT_MS = 120_000;
/** The processes save what they have when asked to end; then they are made to. */
const GRACE_MS = 10_000;

export const logPath = (folder: string, name: string): string => join(folder, 'logs', `${name}.log`);

/** etcd asks for a certificate of its own authority; the other servers for one of the cluster's. */
function clientFor(folder: string, { name, ready }: ComponentSpec, ports: Ports): ApiClient {
  const access = clusterAccess(folder, 'admin', ports[ready.port]);
  return connect(name === 'etcd' ? clusterAccess(folder, 'etcd', ports.etcd, 'etcd-ca') : access);
}

async function answers(client: ApiClient, path: string): Promise<boolean> {
  try {
    return (await client.send({ method: 'GET', path })).status === 200;
  } catch {
    return false;
  }
}

async function until(
  test: () => Promise<boolean>,
  process: ProcessIdentity,
  name: string,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const log = logPath(folder, name);
  for (const end = Date.now() + READY_TIMEOUT_MS; ; ) {
    signal?.throwIfAborted();
    if (await test()) return;
    if (!isRunning(process)) throw new ClusterError(`${name} ended while it started. ${failureOf(log)}`);
    if (Date.now() > end) {
      throw new ClusterError(`${name} was not ready after ${READY_TIMEOUT_MS / 1000} s. ${failureOf(log)}`);
    }
    await sleep(POLL_MS);
  }
}

/** Whether every process of a cluster runs and answers. */
export async function isReady(folder: string, { ports, processes }: ClusterState): Promise<boolean> {
  const specs = componentSpecs(folder, ports);
  if (processes.length !== specs.length || !processes.every(isRunning)) return false;
  const ready = await Promise.all(
    specs.map(async (spec) => {
      const client = clientFor(folder, spec, ports);
      const answer = await answers(client, spec.ready.path);
      client.close();
      return answer;
    }),
  );
  return ready.every(Boolean);
}

/** The controller manager has done its first round once namespaces have their service account. */
async function namespacesWork(client: ApiClient): Promise<boolean> {
  return answers(client, '/api/v1/namespaces/default/serviceaccounts/default');
}

/**
 * Starts the processes one after the other, the controllers together, and waits until each is ready. Every process is
 * written down as soon as it runs. Where one fails, those started before it are left to the caller.
 */
export async function startControlPlane(
  folder: string,
  ports: Ports,
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  const processes: ClusterProcess[] = [];
  const launch = async (spec: ComponentSpec): Promise<() => Promise<void>> => {
    const binary = binaryPath(spec.tool, spec.name);
    const identity = await startProcess(binary, spec.args, logPath(folder, spec.name), folder);
    processes.push({ name: spec.name, ...identity });
    writeState(folder, { format: 1, ports, processes });
    return async () => {
      const client = clientFor(folder, spec, ports);
      try {
        await until(() => answers(client, spec.ready.path), identity, spec.name, folder, signal);
        if (spec.name === 'kube-controller-manager') {
          const api = connect(clusterAccess(folder, 'admin', ports['kube-apiserver']));
          await until(() => namespacesWork(api), identity, spec.name, folder, signal);
          api.close();
        }
        report(`${spec.name} ready on 127.0.0.1:${ports[spec.ready.port]}`);
      } finally {
        client.close();
      }
    };
  };
  const [etcd, apiServer, ...controllers] = componentSpecs(folder, ports);
  for (const spec of [etcd, apiServer]) if (spec !== undefined) await (await launch(spec))();
  const waits: (() => Promise<void>)[] = [];
  for (const spec of controllers) waits.push(await launch(spec));
  await Promise.all(waits.map((wait) => wait()));
}

/** Ends what a cluster left running, last started first. */
export async function stopControlPlane({ processes }: ClusterState): Promise<void> {
  for (const process of [...processes].reverse()) await stopProcess(process, GRACE_MS);
}
