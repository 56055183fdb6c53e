import { join } from 'node:path';
import { COMPONENTS, type Component, type PortName, type Ports } from './state.ts';
import { ETCD, type GoTool, KUBERNETES } from './tools.ts';

/** How one process of the control plane is started, and how one sees that it is ready. */
export interface ComponentSpec {
  readonly name: Component;
  readonly tool: GoTool;
  readonly args: readonly string[];
  /** Port and path that answer 200 once it is ready. */
  readonly ready: { readonly port: PortName; readonly path: string };
}

const LOOPBACK = '127.0.0.1';
/** An address of the documentation range: the API server wants one that is not loopback, and nobody ever uses it. */
const ADVERTISED = '192.0.2.10';
const SERVICE_RANGE = '10.96.0.0/16';
const ISSUER = 'https://kubernetes.default.svc.cluster.local';

function etcdArgs(folder: string, ports: Ports): readonly string[] {
  const pki = (file: string): string => join(folder, 'pki', file);
  const client = `https://${LOOPBACK}:${ports.etcd}`;
  const peer = `https://${LOOPBACK}:${ports.etcdPeer}`;
  return [
    '--name=local',
    `--data-dir=${join(folder, 'etcd')}`,
    // Losing what was written in the last moments of a crash of the whole machine does no harm here.
    '--unsafe-no-fsync=true',
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=local=${peer}`,
    ...['', 'peer-'].flatMap((side) => [
      `--${side}cert-file=${pki('etcd.crt')}`,
      `--${side}key-file=${pki('etcd.key')}`,
      `--${side}trusted-ca-file=${pki('etcd-ca.crt')}`,
      `--${side}client-cert-auth=true`,
    ]),
    '--log-level=warn',
  ];
}

function apiServerArgs(folder: string, ports: Ports): readonly string[] {
  const pki = (file: string): string => join(folder, 'pki', file);
  return [
    `--etcd-servers=https://${LOOPBACK}:${ports.etcd}`,
    `--etcd-cafile=${pki('etcd-ca.crt')}`,
    `--etcd-certfile=${pki('etcd.crt')}`,
    `--etcd-keyfile=${pki('etcd.key')}`,
    `--bind-address=${LOOPBACK}`,
    `--secure-port=${ports['kube-apiserver']}`,
    `--advertise-address=${ADVERTISED}`,
    '--endpoint-reconciler-type=none',
    `--service-cluster-ip-range=${SERVICE_RANGE}`,
    `--tls-cert-file=${pki('server.crt')}`,
    `--tls-private-key-file=${pki('server.key')}`,
    `--client-ca-file=${pki('ca.crt')}`,
    '--authorization-mode=Node,RBAC',
    // EKS runs ExtendedResourceToleration too: pods that ask for a GPU get its toleration.
    '--enable-admission-plugins=NodeRestriction,ExtendedResourceToleration',
    '--allow-privileged=true',
    `--service-account-issuer=${ISSUER}`,
    `--service-account-key-file=${pki('sa.pub')}`,
    `--service-account-signing-key-file=${pki('sa.key')}`,
    '--enable-priority-and-fairness=false',
    '--max-requests-inflight=0',
    '--max-mutating-requests-inflight=0',
  ];
}

function controllerArgs(folder: string, name: Component, port: number): readonly string[] {
  const kubeconfig = join(folder, `${name}.kubeconfig`);
  return [
    ...['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map((flag) => `--${flag}=${kubeconfig}`),
    `--bind-address=${LOOPBACK}`,
    `--secure-port=${port}`,
    `--tls-cert-file=${join(folder, 'pki', 'server.crt')}`,
    `--tls-private-key-file=${join(folder, 'pki', 'server.key')}`,
    '--leader-elect=false',
  ];
}

function controllerManagerArgs(folder: string, ports: Ports): readonly string[] {
  const pki = (file: string): string => join(folder, 'pki', file);
  return [
    ...controllerArgs(folder, 'kube-controller-manager', ports['kube-controller-manager']),
    '--use-service-account-credentials=true',
    `--root-ca-file=${pki('ca.crt')}`,
    `--service-account-private-key-file=${pki('sa.key')}`,
    `--cluster-signing-cert-file=${pki('ca.crt')}`,
    `--cluster-signing-key-file=${pki('ca.key')}`,
  ];
}

function componentSpec(name: Component, folder: string, ports: Ports): ComponentSpec {
  switch (name) {
    case 'etcd':
      return { name, tool: ETCD, args: etcdArgs(folder, ports), ready: { port: 'etcd', path: '/health' } };
    case 'kube-apiserver':
      return { name, tool: KUBERNETES, args: apiServerArgs(folder, ports), ready: { port: name, path: '/readyz' } };
    case 'kube-controller-manager':
      return {
        name,
        tool: KUBERNETES,
        args: controllerManagerArgs(folder, ports),
        ready: { port: name, path: '/healthz' },
      };
    case 'kube-scheduler':
      return {
        name,
        tool: KUBERNETES,
        // Its own limit, 50 requests a second, is for control planes that many share.
        args: [...controllerArgs(folder, name, ports[name]), '--kube-api-qps=1000', '--kube-api-burst=1000'],
        ready: { port: name, path: '/readyz' },
      };
  }
}

/** The processes of a control plane, in the order in which they start. Everything listens on loopback only. */
export function componentSpecs(folder: string, ports: Ports): readonly ComponentSpec[] {
  return COMPONENTS.map((name) => componentSpec(name, folder, ports));
}
