import type { Bundle } from '../../bundle/bundle.ts';
import { didYouMean } from '../../core/suggest.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import { type Container, podTemplates } from '../reading/pod-template.ts';
import { podsOfService, serviceSpec } from '../reading/service-target.ts';
import type { Finding, Rule } from '../rule.ts';

const portNames = (containers: readonly Container[]): readonly string[] =>
  containers.flatMap(({ ports = [] }) => ports.flatMap(({ name }) => name ?? []));

function ofServices(bundle: Bundle): readonly Finding[] {
  return inventoryOf(bundle)
    .ofKind('Service')
    .flatMap((service) => {
      const { ports = [] } = serviceSpec(service);
      const pods = podsOfService(bundle, service);
      if (pods.length === 0) return [];
      const known = pods.flatMap(({ spec }) => portNames(spec.containers));
      return ports.flatMap(({ targetPort }) => {
        if (typeof targetPort !== 'string' || known.includes(targetPort)) return [];
        const message = `sends to the port "${targetPort}", and no container it selects has a port of that name.`;
        return [aboutObject(service, message, didYouMean(targetPort, known))];
      });
    });
}

function ofProbes(bundle: Bundle): readonly Finding[] {
  return podTemplates(bundle).flatMap(({ subject, origin, spec }) =>
    spec.containers.flatMap((container) =>
      (['startupProbe', 'livenessProbe', 'readinessProbe'] as const).flatMap((kind) => {
        const port = container[kind]?.httpGet?.port ?? container[kind]?.tcpSocket?.port;
        const known = portNames([container]);
        if (typeof port !== 'string' || known.includes(port)) return [];
        const message = `${kind} of container "${container.name}" asks port "${port}", which the container does not have.`;
        return [{ at: origin, subject, message, hint: didYouMean(port, known) }];
      }),
    ),
  );
}

export const portName: Rule = {
  id: 'OBJ002',
  title: 'Ports that Services and probes name are ports of the container',
  severity: 'error',
  protectsFrom:
    'a Service without endpoints, and containers that are restarted again and again by a probe that cannot reach them',
  because:
    'A port by name is looked up in the container. Where there is none, the endpoint is left out of the EndpointSlice, and a probe fails at each try.',
  source: 'Kubernetes 1.36, pkg/api/v1/pod FindPort; pkg/kubelet/prober/prober.go',
  example: {
    of: 'objects',
    breaks: `apiVersion: v1
kind: Service
metadata: { name: hnc-webhook-service, namespace: hnc-system }
spec: { ports: [{ name: webhooks, port: 443, targetPort: webhook }] }`,
    mended: `apiVersion: v1
kind: Service
metadata: { name: hnc-webhook-service, namespace: hnc-system }
spec: { ports: [{ name: webhooks, port: 443, targetPort: webhooks }] }`,
  },
  check: (bundle) => [...ofServices(bundle), ...ofProbes(bundle)],
};
