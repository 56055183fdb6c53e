import type { Labels } from '../../core/label-selector.ts';
import { didYouMean } from '../../core/suggest.ts';
import { aboutObject, inventoryOf } from '../reading/inventory.ts';
import { describeSelector, selects } from '../reading/label-selector.ts';
import { monitorsOf } from '../reading/service-monitor.ts';
import { serviceSpec } from '../reading/service-target.ts';
import type { Rule } from '../rule.ts';

export const monitorWithoutService: Rule = {
  id: 'MON002',
  title: 'Every ServiceMonitor finds a Service with the port it names',
  severity: 'error',
  protectsFrom: 'a monitor without targets: nothing is scraped, and nothing says so',
  because:
    'Prometheus asks for the endpoints of the Services that a monitor selects, by the name of the port. Where there is none, the scrape pool is empty, which is no error. Namespaces with a release of their own are left out.',
  source: 'Prometheus Operator documentation, "Troubleshooting ServiceMonitor changes"',
  example: {
    of: 'objects',
    breaks: `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: hnc, namespace: hnc-system }
spec: { selector: { matchLabels: { app.kubernetes.io/part-of: atelier } }, endpoints: [{ port: metrics }] }`,
    mended: `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: hnc, namespace: hnc-system }
spec: { selector: { matchLabels: { app.kubernetes.io/part-of: atelier } }, endpoints: [{ port: webhooks }] }`,
  },
  check: (bundle) => {
    const inventory = inventoryOf(bundle);
    return monitorsOf(bundle).flatMap(({ object, namespaces, selector, ports }) => {
      if (!namespaces.every(inventory.isComplete)) return [];
      const services = inventory
        .ofKind('Service')
        .filter(({ manifest: { metadata } }) => namespaces.includes(metadata.namespace ?? ''))
        .filter(({ manifest: { metadata } }) => selects(selector, (metadata.labels ?? {}) as Labels));
      if (services.length === 0) {
        const message = `selects Services with ${describeSelector(selector) || 'any label'}, and there is none.`;
        return [aboutObject(object, message, 'Select labels of the Service itself, not of its pods.')];
      }
      const known = services.flatMap((service) => (serviceSpec(service).ports ?? []).flatMap(({ name }) => name ?? []));
      return ports
        .filter((port) => !known.includes(port))
        .map((port) =>
          aboutObject(object, `scrapes the port "${port}", which no Service it selects has.`, didYouMean(port, known)),
        );
    });
  },
};
