import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Bundle } from '../../bundle/bundle.ts';
import { SCHEDULER_NAMESPACE } from '../../model/namespaces.ts';
import { PACKING_SCHEDULER } from '../../model/packing-scheduler.ts';
import type { Component } from '../component.ts';
import type { Controller } from '../controller.ts';
import { answersAdmin } from '../readiness.ts';
import { kubeconfigOf, writeServiceAccountKubeconfig } from '../service-account.ts';
import { portOf } from '../state.ts';
import { binaryPath } from '../toolchain.ts';
import { KUBERNETES } from '../tools.ts';

const NAME = 'packing-scheduler';

/** What the environment's own objects say of it. */
interface PackingSchedulerSettings {
  /** Text of its KubeSchedulerConfiguration. */
  readonly configuration: string;
}

function settings({ objects }: Bundle): PackingSchedulerSettings | undefined {
  const found = objects.find(
    ({ manifest: { kind, metadata } }) =>
      kind === 'ConfigMap' && metadata.namespace === SCHEDULER_NAMESPACE && metadata.name === PACKING_SCHEDULER,
  );
  const configuration = (found?.manifest.data as { readonly 'config.yaml'?: string } | undefined)?.['config.yaml'];
  return configuration === undefined ? undefined : { configuration };
}

/** The configuration of the ConfigMap; only where its token lies and where it listens is ours. */
function scheduler({ configuration }: PackingSchedulerSettings): Component {
  return {
    name: NAME,
    tool: KUBERNETES,
    ports: [NAME],
    command: ({ folder, ports }) => {
      const kubeconfig = kubeconfigOf(folder, NAME);
      const file = join(folder, `${NAME}.yaml`);
      writeFileSync(file, stringify({ ...(parse(configuration) as object), clientConnection: { kubeconfig } }));
      return {
        program: binaryPath(KUBERNETES, 'kube-scheduler'),
        args: [
          `--config=${file}`,
          `--authentication-kubeconfig=${kubeconfig}`,
          `--authorization-kubeconfig=${kubeconfig}`,
          '--bind-address=127.0.0.1',
          `--secure-port=${portOf(ports, NAME)}`,
          `--tls-cert-file=${join(folder, 'pki', 'server.crt')}`,
          `--tls-private-key-file=${join(folder, 'pki', 'server.key')}`,
        ],
      };
    },
    isReady: (context) => answersAdmin(context, NAME, '/readyz'),
  };
}

/** The environment's second kube-scheduler, with its configuration, its lease and the rights of its ServiceAccount. */
export const packingScheduler: Controller<PackingSchedulerSettings> = {
  name: NAME,
  summary: 'places the pods that name it on the fullest node that has room',
  tools: [KUBERNETES],
  settings,
  prepare: (start) =>
    writeServiceAccountKubeconfig(start, NAME, { namespace: SCHEDULER_NAMESPACE, name: PACKING_SCHEDULER }),
  components: (own) => [[scheduler(own)]],
};
