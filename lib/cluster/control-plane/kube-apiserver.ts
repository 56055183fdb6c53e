import { join } from 'node:path';
import type { Component } from '../component.ts';
import { answersAdmin } from '../readiness.ts';
import { portOf } from '../state.ts';
import { binaryPath } from '../toolchain.ts';
import { KUBERNETES } from '../tools.ts';
import { writeEgressSelector } from './service-network.ts';

/** An address of the documentation range: the API server wants one that is not loopback, and nobody ever uses it. */
const ADVERTISED = '192.0.2.10';
const SERVICE_RANGE = '10.96.0.0/16';
const ISSUER = 'https://kubernetes.default.svc.cluster.local';

/** The API server, with role-based access, and with strict clients everywhere. */
export const kubeApiserver: Component = {
  name: 'kube-apiserver',
  tool: KUBERNETES,
  ports: ['kube-apiserver'],
  command: (context) => {
    const { folder, ports, options } = context;
    const pki = (file: string): string => join(folder, 'pki', file);
    const plugins = ['NodeRestriction', ...(options.extendedResourceToleration ? ['ExtendedResourceToleration'] : [])];
    return {
      program: binaryPath(KUBERNETES, 'kube-apiserver'),
      args: [
        `--etcd-servers=https://127.0.0.1:${portOf(ports, 'etcd')}`,
        `--etcd-cafile=${pki('etcd-ca.crt')}`,
        `--etcd-certfile=${pki('etcd.crt')}`,
        `--etcd-keyfile=${pki('etcd.key')}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${portOf(ports, 'kube-apiserver')}`,
        `--advertise-address=${ADVERTISED}`,
        '--endpoint-reconciler-type=none',
        `--service-cluster-ip-range=${SERVICE_RANGE}`,
        `--egress-selector-config-file=${writeEgressSelector(context)}`,
        `--tls-cert-file=${pki('server.crt')}`,
        `--tls-private-key-file=${pki('server.key')}`,
        `--client-ca-file=${pki('ca.crt')}`,
        '--authorization-mode=Node,RBAC',
        `--enable-admission-plugins=${plugins.join(',')}`,
        '--allow-privileged=true',
        `--service-account-issuer=${ISSUER}`,
        `--service-account-key-file=${pki('sa.pub')}`,
        `--service-account-signing-key-file=${pki('sa.key')}`,
        '--enable-priority-and-fairness=false',
        '--max-requests-inflight=0',
        '--max-mutating-requests-inflight=0',
      ],
    };
  },
  isReady: (context) => answersAdmin(context, 'kube-apiserver', '/readyz'),
};
