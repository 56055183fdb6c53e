import { join } from 'node:path';
import { connect } from '../api-client.ts';
import type { Component } from '../component.ts';
import { clusterAccess } from '../kubeconfig.ts';
import { answers } from '../readiness.ts';
import { portOf } from '../state.ts';
import { binaryPath } from '../toolchain.ts';
import { ETCD } from '../tools.ts';

/** Where the cluster's objects are kept. */
export const etcd: Component = {
  name: 'etcd',
  tool: ETCD,
  ports: ['etcd', 'etcdPeer'],
  command: ({ folder, ports }) => {
    const pki = (file: string): string => join(folder, 'pki', file);
    const client = `https://127.0.0.1:${portOf(ports, 'etcd')}`;
    const peer = `https://127.0.0.1:${portOf(ports, 'etcdPeer')}`;
    return {
      program: binaryPath(ETCD, 'etcd'),
      args: [
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
      ],
    };
  },
  // Its certificates are of an authority of its own.
  isReady: ({ folder, ports }) =>
    answers(connect(clusterAccess(folder, 'etcd', portOf(ports, 'etcd'), 'etcd-ca')), '/health'),
};
