import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atelierProgram } from '../../atelier-program.ts';
import { ClusterError } from '../../cluster-error.ts';
import type { ClusterContext, Component } from '../../component.ts';
import type { Controller, ControllerStart } from '../../controller.ts';
import { installCrds } from '../../crds.ts';
import { clusterAccess, writeKubeconfig } from '../../kubeconfig.ts';
import { moduleCrds } from '../../module-crds.ts';
import { type PythonTool, pythonOf } from '../../python.ts';
import { answersPlainly } from '../../readiness.ts';
import { portOf } from '../../state.ts';
import { binaryPath } from '../../toolchain.ts';
import { KARPENTER } from '../../tools.ts';
import { READY_PATH } from './aws-forwarder.ts';
import { type KarpenterSettings, karpenterSettings } from './settings.ts';
import { karpenterVariables } from './variables.ts';

export const MOTO: PythonTool = { name: 'moto', python: [3, 11], firstBuildSeconds: 20 };

const own = ({ folder }: Pick<ClusterContext, 'folder'>, file: string): string => join(folder, 'karpenter', file);

/** Plays the AWS API, without a memory: it is filled at every start. */
const moto = ({ cluster }: KarpenterSettings): Component => ({
  name: 'moto',
  ports: ['moto'],
  command: async ({ ports }) => ({
    program: await pythonOf(MOTO, () => {}),
    args: ['-m', 'moto.server', '--host=127.0.0.1', `--port=${portOf(ports, 'moto')}`],
    // Machine images are answered by the forwarder; loading moto's own takes time and memory.
    env: { MOTO_ACCOUNT_ID: cluster.accountId, MOTO_EC2_LOAD_DEFAULT_AMIS: 'false', PYTHONDONTWRITEBYTECODE: '1' },
  }),
  isReady: (context) => answersPlainly(context, 'moto', '/moto-api/'),
});

/** Completes the AWS API by what moto lacks, and fills it. */
const awsForwarder: Component = {
  name: 'aws-forwarder',
  ports: ['aws'],
  command: (context) =>
    atelierProgram('aws-forwarder', {
      settings: own(context, 'settings.json'),
      port: String(portOf(context.ports, 'aws')),
      moto: String(portOf(context.ports, 'moto')),
    }),
  isReady: (context) => answersPlainly(context, 'aws', READY_PATH),
};

const karpenterProcess = ({ values, namespace, cluster }: KarpenterSettings): Component => ({
  name: 'karpenter',
  tool: KARPENTER,
  ports: ['karpenter-health', 'karpenter-metrics'],
  command: (context) => {
    const { folder, ports } = context;
    const kubeconfig = own(context, 'kubeconfig');
    const access = clusterAccess(folder, 'admin', portOf(ports, 'kube-apiserver'));
    writeKubeconfig(kubeconfig, 'karpenter', access);
    return {
      program: binaryPath(KARPENTER, 'karpenter'),
      args: [],
      env: {
        ...karpenterVariables(values),
        KUBECONFIG: kubeconfig,
        SYSTEM_NAMESPACE: namespace,
        CLUSTER_ENDPOINT: access.server,
        DISABLE_LEADER_ELECTION: 'true',
        HEALTH_PROBE_PORT: String(portOf(ports, 'karpenter-health')),
        METRICS_PORT: String(portOf(ports, 'karpenter-metrics')),
        AWS_REGION: cluster.region,
        AWS_ENDPOINT_URL: `http://127.0.0.1:${portOf(ports, 'aws')}`,
        AWS_ACCESS_KEY_ID: 'atelier',
        AWS_SECRET_ACCESS_KEY: 'atelier',
        // Nothing of the person at the keyboard is read: neither profiles nor the instance this may run on.
        AWS_PROFILE: '',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    };
  },
  isReady: (context) => answersPlainly(context, 'karpenter-health', '/readyz'),
});

/** The AWS that is played here has no identifiers of the real one. */
function refuseIdentifiers({ nodeClasses }: KarpenterSettings): void {
  for (const { name, subnets, securityGroups } of nodeClasses) {
    const id = [...subnets, ...securityGroups].find((term) => term.id !== undefined)?.id;
    if (id === undefined) continue;
    throw new ClusterError(
      `EC2NodeClass ${name} selects ${id} by its id, which exists in the cloud only. Select by tags to try it on this machine, or apply without Karpenter (--controllers none).`,
    );
  }
}

/** It watches all of its kinds, also those of which an environment has no object. */
const KINDS = [
  'karpenter.sh/NodePool',
  'karpenter.sh/NodeClaim',
  'karpenter.sh/NodeOverlay',
  'karpenter.k8s.aws/EC2NodeClass',
];

async function prepare(start: ControllerStart<KarpenterSettings>): Promise<void> {
  const { context, settings, client, report, signal } = start;
  refuseIdentifiers(settings);
  await pythonOf(MOTO, report, signal);
  await installCrds(client, await moduleCrds(new Set(KINDS), report));
  mkdirSync(own(context, ''), { recursive: true });
  writeFileSync(own(context, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
}

/** Karpenter with the controllers of its AWS provider, and the AWS API it asks; instances are data. */
export const karpenter: Controller<KarpenterSettings> = {
  name: 'karpenter',
  summary: 'launches and removes the nodes of the NodePools',
  tools: [KARPENTER],
  settings: karpenterSettings,
  prepare,
  components: (settings) => [[moto(settings)], [awsForwarder], [karpenterProcess(settings)]],
};
