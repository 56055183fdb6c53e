import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../core/json.ts';
import { toYaml } from '../../../core/yaml.ts';
import { messageOf } from '../../api-client.ts';
import { applyText } from '../../apply-object.ts';
import { ClusterError } from '../../cluster-error.ts';
import type { Component } from '../../component.ts';
import type { Controller, ControllerStart } from '../../controller.ts';
import { clusterAccess, writeKubeconfig } from '../../kubeconfig.ts';
import { answersPlainly } from '../../readiness.ts';
import { portOf } from '../../state.ts';
import { CONFIG_NAME, kwokProviderData, TEMPLATES_NAME } from './node-templates.ts';
import { BINARY_VARIABLE, type ClusterAutoscalerSettings, clusterAutoscalerSettings } from './settings.ts';

const NAME = 'cluster-autoscaler';

const program = ({ binary, namespace, flags }: ClusterAutoscalerSettings): Component => ({
  name: NAME,
  ports: [NAME],
  command: ({ folder, ports }) => {
    const kubeconfig = join(folder, `${NAME}.kubeconfig`);
    writeKubeconfig(kubeconfig, NAME, clusterAccess(folder, 'admin', portOf(ports, 'kube-apiserver')));
    return {
      program: binary,
      args: [
        '--cloud-provider=kwok',
        `--kubeconfig=${kubeconfig}`,
        `--namespace=${namespace}`,
        '--leader-elect=false',
        `--address=127.0.0.1:${portOf(ports, NAME)}`,
        ...flags,
      ],
      env: { KUBECONFIG: kubeconfig, KWOK_PROVIDER_MODE: 'local', POD_NAMESPACE: namespace },
    };
  },
  isReady: (context) => answersPlainly(context, NAME, '/health-check'),
});

async function prepare({ client, settings }: ControllerStart<ClusterAutoscalerSettings>): Promise<void> {
  const { binary, namespace } = settings;
  if (!existsSync(binary)) throw new ClusterError(`${BINARY_VARIABLE} names ${binary}, which is not there.`);
  const { config, templates } = kwokProviderData(settings.templates);
  const data: Readonly<Record<string, Readonly<Record<string, JsonObject>>>> = {
    [CONFIG_NAME]: { config },
    [TEMPLATES_NAME]: { templates },
  };
  for (const [name, content] of Object.entries(data)) {
    const texts = Object.fromEntries(Object.entries(content).map(([key, value]) => [key, toYaml(value)]));
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: texts };
    const answer = await applyText(client, `/api/v1/namespaces/${namespace}/configmaps/${name}`, toYaml(manifest));
    if (answer.status >= 300) throw new ClusterError(`ConfigMap ${namespace}/${name}: ${messageOf(answer)}`);
  }
}

/** cluster-autoscaler with its kwok provider, where a binary of it is named; its groups are the environment's. */
export const clusterAutoscaler: Controller<ClusterAutoscalerSettings> = {
  name: NAME,
  summary: 'adds and removes the nodes of the node groups',
  tools: [],
  settings: clusterAutoscalerSettings,
  prepare,
  components: (settings) => [[program(settings)]],
};
