import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Bundle, Manifest } from '../../lib/bundle/bundle.ts';
import { connectToCluster } from '../../lib/cluster/access.ts';
import { connect } from '../../lib/cluster/api-client.ts';
import { clusterAccess } from '../../lib/cluster/kubeconfig.ts';
import { choosePorts } from '../../lib/cluster/ports.ts';
import { isRunning, type ProcessIdentity, startProcess, stopProcess } from '../../lib/cluster/process.ts';
import { answers } from '../../lib/cluster/readiness.ts';
import { kubeconfigOf, writeServiceAccountKubeconfig } from '../../lib/cluster/service-account.ts';
import { clusterFolder, portOf, readState } from '../../lib/cluster/state.ts';
import { binaryPath } from '../../lib/cluster/toolchain.ts';
import { KUBERNETES } from '../../lib/cluster/tools.ts';
import { eventually } from './requests.ts';

/** Name and namespace of everything of the second scheduler, as the documentation tells them. */
export const SCHEDULER = { name: 'atelier-packing', namespace: 'atelier-scheduler' } as const;

const GRACE_MS = 10_000;

/** The objects that the second scheduler of an environment is made of, and the classes that its pods may have. */
export function schedulerBundle(bundle: Bundle): Bundle {
  const isOwn = ({ kind, metadata: { name, namespace } }: Manifest): boolean =>
    kind === 'PriorityClass' || name.startsWith(SCHEDULER.name) || [name, namespace].includes(SCHEDULER.namespace);
  return { ...bundle, objects: bundle.objects.filter(({ manifest }) => isOwn(manifest)) };
}

interface DeploymentSpec {
  readonly template: {
    readonly spec: {
      readonly serviceAccountName: string;
      readonly containers: readonly { readonly args: readonly string[] }[];
    };
  };
}

function objectOf({ objects }: Bundle, kind: string): Manifest {
  const found = objects.find(({ manifest }) => manifest.kind === kind && manifest.metadata.name === SCHEDULER.name);
  if (found === undefined) throw new Error(`no ${kind} ${SCHEDULER.name}`);
  return found.manifest;
}

/** A second scheduler that runs. */
export interface SecondScheduler {
  readonly process: ProcessIdentity;
  readonly log: string;
  /** Whether it shows its metrics to the administrator, for which it has to ask the API server who that is. */
  readonly showsMetrics: () => Promise<boolean>;
}

/**
 * Runs the second scheduler of an environment that was applied, as its Deployment would: its arguments, its ConfigMap,
 * the rights of its ServiceAccount. Only where it listens and where its token lies are this machine's.
 */
export async function withSecondScheduler<T>(
  cluster: string,
  bundle: Bundle,
  work: (scheduler: SecondScheduler) => Promise<T>,
): Promise<T> {
  const folder = clusterFolder(cluster);
  const state = readState(folder);
  if (state === undefined) throw new Error(`cluster ${cluster} does not run`);
  const { spec } = objectOf(bundle, 'Deployment') as unknown as { readonly spec: DeploymentSpec };
  const { serviceAccountName, containers } = spec.template.spec;
  const client = await connectToCluster(cluster);
  await writeServiceAccountKubeconfig({ client, context: { folder, ...state } }, SCHEDULER.name, {
    namespace: SCHEDULER.namespace,
    name: serviceAccountName,
  });
  client.close();

  const kubeconfig = kubeconfigOf(folder, SCHEDULER.name);
  const { data } = objectOf(bundle, 'ConfigMap') as unknown as { readonly data: Readonly<Record<string, string>> };
  const config = join(folder, 'second-scheduler.yaml');
  const mounted = parse(data['config.yaml'] ?? '') as object;
  writeFileSync(config, stringify({ ...mounted, clientConnection: { kubeconfig } }));
  const { ports } = await choosePorts([SCHEDULER.name]);
  const port = portOf(ports, SCHEDULER.name);
  const local = {
    config,
    'secure-port': String(port),
    'bind-address': '127.0.0.1',
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'tls-cert-file': join(folder, 'pki', 'server.crt'),
    'tls-private-key-file': join(folder, 'pki', 'server.key'),
  };
  const kept = (containers[0]?.args ?? []).filter((arg) => !/^--(config|secure-port)=/.test(arg));
  const log = join(folder, 'logs', 'second-scheduler.log');
  const process = await startProcess(
    binaryPath(KUBERNETES, 'kube-scheduler'),
    [...kept, ...Object.entries(local).map(([flag, value]) => `--${flag}=${value}`)],
    { log, cwd: folder },
  );
  const own = connect(clusterAccess(folder, 'admin', port));
  try {
    const ready = (): Promise<boolean> => answers(own, '/readyz').catch(() => false);
    if (!(await eventually(ready, (yes) => yes || !isRunning(process)))) throw new Error(`not ready, see ${log}`);
    return await work({ process, log, showsMetrics: () => answers(own, '/metrics') });
  } finally {
    own.close();
    await stopProcess(process, GRACE_MS);
  }
}
