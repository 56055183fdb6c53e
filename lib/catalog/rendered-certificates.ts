/** A field of an object that a chart renders. */
export interface RenderedField {
  /** API group; left out for the core group. */
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  /** Where in the object, as jq says it: `.webhooks[].clientConfig.caBundle`. */
  readonly jq: string;
}

const WEBHOOKS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/**
 * Fields for which charts make a new certificate at each rendering, by the name of the chart. They keep the last one where
 * Helm can ask the cluster for it (`lookup`), and whoever only renders cannot.
 */
export const RENDERED_CERTIFICATES: Readonly<Record<string, readonly RenderedField[]>> = {
  // aws-load-balancer-controller 3.5.0: templates/_helpers.tpl, webhookCerts; docs/deploy/installation.md, "ArgoCD users".
  'aws-load-balancer-controller': [
    { kind: 'Secret', name: 'aws-load-balancer-tls', jq: '.data' },
    ...WEBHOOKS.map((kind) => ({
      group: 'admissionregistration.k8s.io',
      kind,
      name: 'aws-load-balancer-webhook',
      jq: '.webhooks[].clientConfig.caBundle',
    })),
  ],
};
