import type { Bundle } from '../../bundle/bundle.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import { selects } from '../reading/label-selector.ts';
import { type Caller, closingPolicy } from '../reading/network-policy.ts';
import { monitorsOf } from '../reading/service-monitor.ts';
import { podsOfService, serviceSpec, targetPort } from '../reading/service-target.ts';
import { webhooksOf } from '../reading/webhook.ts';
import type { Finding, Rule } from '../rule.ts';

/** A port of a Service that somebody has to reach. */
interface NeededPath {
  readonly namespace: string;
  readonly service: string;
  /** Port of the Service, by number or name. */
  readonly port: number | string;
  readonly caller: Caller;
  readonly purpose: string;
}

function neededPaths(bundle: Bundle): readonly NeededPath[] {
  const inventory = inventoryOf(bundle);
  const { monitoring } = bundle.platform.environment;
  const ofWebhooks = webhooksOf(bundle).map(({ service: { namespace, name, port = 443 }, name: webhook }) => ({
    namespace,
    service: name,
    port,
    caller: { kind: 'api-server' } as const,
    purpose: `the API server, which calls webhook "${webhook}" there`,
  }));
  const ofMonitors = monitorsOf(bundle).flatMap(({ object, namespaces, selector, ports }) =>
    inventory
      .ofKind('Service')
      .filter(({ manifest: { metadata } }) => namespaces.includes(metadata.namespace ?? ''))
      .filter(({ manifest: { metadata } }) =>
        selects(selector, (metadata.labels ?? {}) as Readonly<Record<string, string>>),
      )
      .flatMap(({ manifest: { metadata } }) =>
        ports.map((port) => ({
          namespace: metadata.namespace ?? '',
          service: metadata.name,
          port,
          caller: { kind: 'namespace', name: monitoring.namespace } as const,
          purpose: `Prometheus, which scrapes it for ServiceMonitor "${object.manifest.metadata.name}"`,
        })),
      ),
  );
  return [...ofWebhooks, ...ofMonitors];
}

export const closedPath: Rule = {
  id: 'NET002',
  title: 'No NetworkPolicy closes a webhook to the API server, or metrics to Prometheus',
  severity: 'error',
  protectsFrom: 'requests that are refused because their webhook times out, and dashboards without data',
  because:
    'The API server comes from the network of the nodes or of the cloud, which no pod or namespace selector names: a policy has to open the port to everybody or to an address block. Prometheus is named by its namespace.',
  source: 'Kubernetes documentation, "Network Policies: What you can\'t do with network policies"',
  example: {
    of: 'objects',
    breaks: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: hnc-system }
spec: { podSelector: {}, policyTypes: [Ingress] }`,
    mended: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: hnc-system }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [{ ports: [{ port: 9443 }] }] }`,
  },
  check: (bundle) => {
    const told = new Set<string>();
    return neededPaths(bundle).flatMap(({ namespace, service: name, port, caller, purpose }): readonly Finding[] => {
      const service = inventoryOf(bundle).find('Service', namespace, name);
      const served = service && serviceSpec(service).ports?.find((each) => each.port === port || each.name === port);
      if (!service || !served) return [];
      return podsOfService(bundle, service).flatMap((pods) => {
        const number = targetPort(pods, served);
        const policy = number === undefined ? undefined : closingPolicy(bundle, pods, number, caller);
        const key = `${policy?.object.manifest.metadata.name} ${namespace} ${number} ${caller.kind}`;
        if (!policy || told.has(key)) return [];
        told.add(key);
        const message = `closes port ${number} of ${pods.subject} to ${purpose}.`;
        const hint =
          caller.kind === 'api-server' ? 'Open the port without naming who.' : `Admit namespace "${caller.name}".`;
        return [aboutObject(policy.object, message, hint)];
      });
    });
  },
};
