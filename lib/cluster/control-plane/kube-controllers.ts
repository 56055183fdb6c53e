import { join } from 'node:path';
import type { ClusterContext, Component } from '../component.ts';
import { clusterAccess, writeKubeconfig } from '../kubeconfig.ts';
import { answersAdmin } from '../readiness.ts';
import { portOf } from '../state.ts';
import { binaryPath } from '../toolchain.ts';
import { KUBERNETES } from '../tools.ts';

type KubeController = 'kube-controller-manager' | 'kube-scheduler';

/** What both programs take alike; each has an identity of its own. */
function commonArgs({ folder, ports }: ClusterContext, name: KubeController): readonly string[] {
  const kubeconfig = join(folder, `${name}.kubeconfig`);
  writeKubeconfig(kubeconfig, name, clusterAccess(folder, name, portOf(ports, 'kube-apiserver')));
  return [
    ...['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map((flag) => `--${flag}=${kubeconfig}`),
    '--bind-address=127.0.0.1',
    `--secure-port=${portOf(ports, name)}`,
    `--tls-cert-file=${join(folder, 'pki', 'server.crt')}`,
    `--tls-private-key-file=${join(folder, 'pki', 'server.key')}`,
    '--leader-elect=false',
    // Their own limits, 20 and 50 requests a second, are for control planes that many share.
    '--kube-api-qps=1000',
    '--kube-api-burst=1000',
  ];
}

/** Jobs, quotas, service accounts, the life of nodes and namespaces. */
export const kubeControllerManager: Component = {
  name: 'kube-controller-manager',
  tool: KUBERNETES,
  ports: ['kube-controller-manager'],
  command: (context) => {
    const pki = (file: string): string => join(context.folder, 'pki', file);
    return {
      program: binaryPath(KUBERNETES, 'kube-controller-manager'),
      args: [
        ...commonArgs(context, 'kube-controller-manager'),
        '--use-service-account-credentials=true',
        // A quota that counts a kind defined a moment ago is computed at the next round only; by default after 5 minutes.
        '--resource-quota-sync-period=10s',
        // A claim that was made before its volume is looked at again at the next round only; by default after 15 s.
        '--pvclaimbinder-sync-period=1s',
        `--root-ca-file=${pki('ca.crt')}`,
        `--service-account-private-key-file=${pki('sa.key')}`,
        `--cluster-signing-cert-file=${pki('ca.crt')}`,
        `--cluster-signing-key-file=${pki('ca.key')}`,
      ],
    };
  },
  // It has done its first round once namespaces have their service account.
  isReady: async (context) =>
    (await answersAdmin(context, 'kube-controller-manager', '/healthz')) &&
    (await answersAdmin(context, 'kube-apiserver', '/api/v1/namespaces/default/serviceaccounts/default')),
};

/** The default scheduler. */
export const kubeScheduler: Component = {
  name: 'kube-scheduler',
  tool: KUBERNETES,
  ports: ['kube-scheduler'],
  command: (context) => ({
    program: binaryPath(KUBERNETES, 'kube-scheduler'),
    args: commonArgs(context, 'kube-scheduler'),
  }),
  isReady: (context) => answersAdmin(context, 'kube-scheduler', '/readyz'),
};
