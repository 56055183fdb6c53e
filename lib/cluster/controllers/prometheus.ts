import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../core/json.ts';
import { toYaml } from '../../core/yaml.ts';
import type { ApiClient } from '../api-client.ts';
import type { ClusterContext, Component } from '../component.ts';
import type { Controller, ControllerStart } from '../controller.ts';
import { answersPlainly } from '../readiness.ts';
import { portOf } from '../state.ts';
import { binaryPath } from '../toolchain.ts';
import { PROMETHEUS } from '../tools.ts';
import { prometheusConfig, type ScrapedEndpoint } from './prometheus-config.ts';
import { type PrometheusSettings, prometheusSettings } from './prometheus-settings.ts';
import { listServices, serviceTargets } from './service-targets.ts';

const NAME = 'prometheus';
/** A try-out is looked at while it runs. */
const RETENTION = '6h';

const prometheusFolder = (folder: string): string => join(folder, 'prometheus');

function server(): Component {
  return {
    name: NAME,
    tool: PROMETHEUS,
    ports: [NAME],
    command: ({ folder, ports }) => ({
      program: binaryPath(PROMETHEUS, NAME),
      args: [
        `--config.file=${join(prometheusFolder(folder), 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(prometheusFolder(folder), 'data')}`,
        `--storage.tsdb.retention.time=${RETENTION}`,
        `--web.listen-address=127.0.0.1:${portOf(ports, NAME)}`,
        '--log.level=warn',
      ],
    }),
    isReady: (context) => answersPlainly(context, NAME, '/-/ready'),
  };
}

/** What the environment's ServiceMonitors mean on this machine. */
async function scrapedEndpoints(
  client: ApiClient,
  { folder }: ClusterContext,
  { serviceMonitors }: PrometheusSettings,
): Promise<readonly ScrapedEndpoint[]> {
  const services = await listServices(client);
  return serviceMonitors.flatMap((monitor) => {
    const { endpoints = [] } = monitor.spec as { readonly endpoints?: readonly JsonObject[] };
    return endpoints.map((endpoint, index) => ({
      job: `serviceMonitor/${monitor.namespace}/${monitor.name}/${index}`,
      endpoint,
      targets: serviceTargets(folder, services, monitor, String(endpoint.port)),
    }));
  });
}

/** Writes prometheus.yml and a file for every PrometheusRule; what prometheus-operator does on a cluster. */
function writePrometheusFiles(
  context: ClusterContext,
  settings: PrometheusSettings,
  endpoints: readonly ScrapedEndpoint[],
): void {
  const folder = prometheusFolder(context.folder);
  const rules = join(folder, 'rules');
  rmSync(rules, { recursive: true, force: true });
  mkdirSync(rules, { recursive: true, mode: 0o700 });
  for (const { namespace, name, spec } of settings.rules) {
    writeFileSync(join(rules, `${namespace}-${name}.yaml`), toYaml({ groups: spec.groups ?? [] }));
  }
  writeFileSync(join(folder, 'prometheus.yml'), toYaml(prometheusConfig(context, settings, endpoints)));
}

async function prepare({ client, context, settings, report }: ControllerStart<PrometheusSettings>): Promise<void> {
  const endpoints = await scrapedEndpoints(client, context, settings);
  const nobody = endpoints.filter(({ targets }) => targets.length === 0).map(({ job }) => job);
  const notScraped = [...nobody, ...settings.notScraped];
  if (notScraped.length > 0) report(`not scraped, because what they mean does not run here: ${notScraped.join(', ')}`);
  writePrometheusFiles(context, settings, endpoints);
}

/** Prometheus, with the environment's own rules, scraping the processes of this cluster. */
export const prometheus: Controller<PrometheusSettings> = {
  name: NAME,
  summary: "evaluates the environment's rules on what the processes here measure",
  tools: [PROMETHEUS],
  // It scrapes who is there.
  startsLast: true,
  settings: prometheusSettings,
  prepare,
  components: () => [[server()]],
};
