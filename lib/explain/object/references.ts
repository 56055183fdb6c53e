import type { Bundle, BundleObject } from '../../bundle/bundle.ts';
import { inventoryOf } from '../../checks/reading/inventory.ts';
import { governedPods, networkPolicies } from '../../checks/reading/network-policy.ts';
import { remember } from '../../checks/reading/remember.ts';
import { monitorsOf } from '../../checks/reading/service-monitor.ts';
import { podsOfService } from '../../checks/reading/service-target.ts';
import { webhooksOf } from '../../checks/reading/webhook.ts';
import { type Labels, labelMatcher } from '../../core/label-selector.ts';
import { describeName, nameOf, type Reference, target } from './object-name.ts';
import { homeReferences, podReferences, profileReferences, workloadTargets } from './pod-references.ts';
import { specReferences } from './spec-references.ts';

const labelsOf = ({ manifest }: BundleObject): Labels => (manifest.metadata.labels ?? {}) as Labels;

function ofObjects(bundle: Bundle): readonly Reference[] {
  return bundle.objects.flatMap((object) => {
    const from = nameOf(object);
    const found = [...target('Namespace', from.namespace, 'lives in'), ...specReferences(bundle, object)];
    return found.map((each): Reference => ({ from, ...each }));
  });
}

/** Who talks to whom: Services, webhooks, scraping, and what restricts them. */
function ofConnections(bundle: Bundle): readonly Reference[] {
  const services = inventoryOf(bundle).ofKind('Service');
  return [
    ...services.flatMap((service) =>
      workloadTargets(podsOfService(bundle, service), 'sends to').map((found) => ({ from: nameOf(service), ...found })),
    ),
    ...webhooksOf(bundle).flatMap(({ object, service: { namespace, name } }) =>
      target('Service', name, 'calls', namespace).map((found) => ({ from: nameOf(object), ...found })),
    ),
    ...monitorsOf(bundle).flatMap(({ object, namespaces, selector }) =>
      services
        .filter((service) => namespaces.includes(service.manifest.metadata.namespace ?? ''))
        .filter((service) => labelMatcher(selector)(labelsOf(service)))
        .map((service) => ({ from: nameOf(object), to: nameOf(service), how: 'scrapes' })),
    ),
    ...networkPolicies(bundle).flatMap((policy) =>
      workloadTargets(governedPods(bundle, policy), 'restricts').map((found) => ({
        from: nameOf(policy.object),
        ...found,
      })),
    ),
  ];
}

/** Every reference between objects of a Bundle that rules of `check` know how to read, each once. */
export const referencesOf: (bundle: Bundle) => readonly Reference[] = remember((bundle) => {
  const all = [
    ...ofObjects(bundle),
    ...podReferences(bundle),
    ...profileReferences(bundle),
    ...homeReferences(bundle),
    ...ofConnections(bundle),
  ];
  const unique = new Map(all.map((each) => [`${describeName(each.from)} ${each.how} ${describeName(each.to)}`, each]));
  return [...unique.values()];
});
