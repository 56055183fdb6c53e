import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component } from '../component.ts';
import { moduleSource } from '../go-modules.ts';
import { clusterAccess, writeKubeconfig } from '../kubeconfig.ts';
import { answersPlainly } from '../readiness.ts';
import { portOf } from '../state.ts';
import { binaryPath } from '../toolchain.ts';
import { KWOK } from '../tools.ts';

/**
 * kwok's own stages, from its module: nodes become ready and stay so, pods run and go when deleted, volumes are bound.
 * Its stage that completes pods of Jobs is left out: sessions and placeholders are such pods, and end when they are told.
 */
const STAGES = [
  'node/fast/node-initialize.yaml',
  'node/heartbeat-with-lease/node-heartbeat-with-lease.yaml',
  'pod/fast/pod-ready.yaml',
  'pod/fast/pod-delete.yaml',
  'volume/fast',
];

async function stages(): Promise<string> {
  const folder = join(await moduleSource('kwok', 'sigs.k8s.io/kwok'), 'kustomize', 'stage');
  const files = STAGES.flatMap((stage) =>
    stage.endsWith('.yaml')
      ? [stage]
      : readdirSync(join(folder, stage))
          .filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml')
          .map((name) => join(stage, name)),
  );
  return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n---\n');
}

/** Plays the kubelet of every node: nothing really runs, everything says that it does. */
export const kwok: Component = {
  name: 'kwok',
  tool: KWOK,
  ports: ['kwok'],
  command: async ({ folder, ports }) => {
    const kubeconfig = join(folder, 'kwok.kubeconfig');
    writeKubeconfig(kubeconfig, 'kwok', clusterAccess(folder, 'admin', portOf(ports, 'kube-apiserver')));
    const config = join(folder, 'kwok.yaml');
    writeFileSync(config, await stages());
    return {
      program: binaryPath(KWOK, 'kwok'),
      args: [
        `--config=${config}`,
        `--kubeconfig=${kubeconfig}`,
        '--manage-all-nodes=true',
        // The default lease of 40 s wants renewing more often than a busy laptop may manage.
        '--node-lease-duration-seconds=120',
        '--node-ip=127.0.0.1',
        `--server-address=127.0.0.1:${portOf(ports, 'kwok')}`,
      ],
    };
  },
  isReady: (context) => answersPlainly(context, 'kwok', '/healthz'),
};
