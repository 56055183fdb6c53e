import type { Bundle, BundleObject } from '../../bundle/bundle.ts';
import type { LabelSelector } from '../../core/label-selector.ts';
import { inventoryOf } from './inventory.ts';
import { remember } from './remember.ts';

/** A Service that the API server calls. */
export interface CalledService {
  readonly namespace: string;
  readonly name: string;
  /** @default 443 */
  readonly port?: number;
}

interface ClientConfig {
  readonly service?: CalledService;
}

interface WebhookBody {
  readonly name: string;
  readonly clientConfig: ClientConfig;
  readonly failurePolicy?: 'Fail' | 'Ignore';
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
  readonly rules?: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly operations: readonly string[];
  }[];
}

/** A call of the API server to a Service: an admission webhook, or the conversion of a custom resource. */
export interface Webhook {
  readonly object: BundleObject;
  readonly name: string;
  readonly service: CalledService;
  /** Whether requests are refused while nobody answers. */
  readonly failsClosed: boolean;
  readonly body?: WebhookBody;
}

interface CrdSpec {
  readonly conversion?: { readonly webhook?: { readonly clientConfig?: ClientConfig } };
}

/** Every webhook of the Bundle that a Service of a cluster answers. */
export const webhooksOf: (bundle: Bundle) => readonly Webhook[] = remember((bundle) => {
  const inventory = inventoryOf(bundle);
  const admission = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']
    .flatMap(inventory.ofKind)
    .flatMap((object) =>
      ((object.manifest.webhooks ?? []) as unknown as readonly WebhookBody[]).flatMap((body): readonly Webhook[] => {
        const { service } = body.clientConfig;
        const failsClosed = body.failurePolicy !== 'Ignore';
        return service ? [{ object, name: body.name, service, failsClosed, body }] : [];
      }),
    );
  const conversion = inventory.ofKind('CustomResourceDefinition').flatMap((object): readonly Webhook[] => {
    const service = ((object.manifest.spec ?? {}) as CrdSpec).conversion?.webhook?.clientConfig?.service;
    return service ? [{ object, name: 'conversion', service, failsClosed: true }] : [];
  });
  return [...admission, ...conversion];
});
