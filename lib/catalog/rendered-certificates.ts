/** A field of an object that a chart renders. */
export interface RenderedField {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Keys on the way to the field; `*` stands for every item of a list. */
  readonly path: readonly string[];
}

const AWS_LOAD_BALANCER_CA = ['webhooks', '*', 'clientConfig', 'caBundle'];

/**
 * Fields for which charts make a new certificate at each rendering, by the name of the chart. They keep the last one where
 * Helm can ask the cluster for it (`lookup`), and whoever only renders cannot.
 */
export const RENDERED_CERTIFICATES: Readonly<Record<string, readonly RenderedField[]>> = {
  // aws-load-balancer-controller 3.5.0: templates/_helpers.tpl, webhookCerts; docs/deploy/installation.md, "ArgoCD users".
  'aws-load-balancer-controller': [
    { group: '', kind: 'Secret', name: 'aws-load-balancer-tls', path: ['data'] },
    {
      group: 'admissionregistration.k8s.io',
      kind: 'MutatingWebhookConfiguration',
      name: 'aws-load-balancer-webhook',
      path: AWS_LOAD_BALANCER_CA,
    },
    {
      group: 'admissionregistration.k8s.io',
      kind: 'ValidatingWebhookConfiguration',
      name: 'aws-load-balancer-webhook',
      path: AWS_LOAD_BALANCER_CA,
    },
  ],
};
