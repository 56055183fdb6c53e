import type { Bundle, BundleObject } from '../../bundle/bundle.ts';
import type { LabelSelector } from '../../core/label-selector.ts';
import { inventoryOf } from './inventory.ts';

interface MonitorSpec {
  readonly selector?: LabelSelector;
  readonly namespaceSelector?: { readonly matchNames?: readonly string[]; readonly any?: boolean };
  readonly endpoints?: readonly { readonly port?: string }[];
}

/** A ServiceMonitor, and which Services in which namespaces it is about. */
export interface ServiceMonitor {
  readonly object: BundleObject;
  readonly namespaces: readonly string[];
  readonly selector: LabelSelector;
  /** Ports of the Services, by name. */
  readonly ports: readonly string[];
}

/** Every ServiceMonitor of the Bundle; those of charts are the charts' own business. */
export function monitorsOf(bundle: Bundle): readonly ServiceMonitor[] {
  const inventory = inventoryOf(bundle);
  return inventory.ofKind('ServiceMonitor').map((object) => {
    const { selector = {}, namespaceSelector = {}, endpoints = [] } = (object.manifest.spec ?? {}) as MonitorSpec;
    const own = object.manifest.metadata.namespace ?? '';
    const all = inventory.ofKind('Namespace').map(({ manifest }) => manifest.metadata.name);
    return {
      object,
      namespaces: namespaceSelector.any ? all : (namespaceSelector.matchNames ?? [own]),
      selector,
      ports: endpoints.flatMap(({ port }) => port ?? []),
    };
  });
}
