import { load } from 'js-yaml';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { SparkNamespaces } from '../../lib/spark/spark-namespaces.ts';
import { synthesize } from '../fixtures/synthesize.ts';

/** Files that applications of Spark find in their namespace, the settings read as Spark reads them. */
export function sparkFiles(platform: Platform, namespace: string) {
  const { spark } = platform;
  if (!spark) throw new Error('The fixture has no Spark.');
  const { objects } = synthesize((scope) => new SparkNamespaces(scope, 'spark', { platform, spark }));
  const data = objects.find(
    ({ manifest }) => manifest.kind === 'ConfigMap' && manifest.metadata.namespace === namespace,
  )?.manifest.data as Record<string, string>;
  const lines = (data['spark-defaults.conf'] ?? '').trim().split('\n');
  const settings = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  );
  return { settings, driver: data['driver.yaml'] ?? '', executor: data['executor.yaml'] ?? '' };
}

const mebibytes = (text = ''): number => Number(/^(\d+)m$/.exec(text)?.[1]);

/** The pod that Spark makes of template and settings (BasicDriverFeatureStep, BasicExecutorFeatureStep of 4.0). */
export function sparkPod(platform: Platform, role: 'driver' | 'executor', namespace: string): Manifest {
  const files = sparkFiles(platform, namespace);
  const { settings } = files;
  const template = load(files[role]) as { metadata?: JsonObject; spec: JsonObject & { containers: JsonObject[] } };
  const memory = `${mebibytes(settings[`spark.${role}.memory`]) + mebibytes(settings[`spark.${role}.memoryOverhead`])}Mi`;
  const gpus = Object.fromEntries(
    Object.entries(settings).flatMap(([key, amount]) => {
      const resource = new RegExp(`^spark\\.${role}\\.resource\\.(.+)\\.amount$`).exec(key)?.[1];
      if (resource === undefined) return [];
      return [[`${settings[`spark.${role}.resource.${resource}.vendor`]}/${resource}`, amount]];
    }),
  );
  const limit = settings[`spark.kubernetes.${role}.limit.cores`] ?? '';
  const resources = {
    requests: { cpu: settings[`spark.kubernetes.${role}.request.cores`] ?? '', memory },
    limits: { cpu: limit, memory, ...gpus },
  };
  const account = role === 'driver' ? settings['spark.kubernetes.authenticate.driver.serviceAccountName'] : undefined;
  const lifecycle = { preStop: { exec: { command: ['/opt/decom.sh'] } } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name: `spark-${role}`, namespace: settings['spark.kubernetes.namespace'] ?? '' },
    spec: {
      ...template.spec,
      restartPolicy: 'Never',
      ...(account === undefined ? {} : { serviceAccountName: account }),
      containers: template.spec.containers.map((container) => ({
        ...container,
        image: settings['spark.kubernetes.container.image'] ?? '',
        args: [role],
        resources,
        ...(role === 'executor' ? { lifecycle } : {}),
      })),
    },
  };
}
