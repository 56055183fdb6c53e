import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Manifest } from '../../lib/bundle/bundle.ts';
import { issueCertificate } from '../../lib/cluster/certificate.ts';

/** A validating webhook that answers, and denies until it is told otherwise. */
export interface DenyingWebhook {
  /** Registers it for one resource. */
  readonly configuration: Manifest;
  readonly allow: () => void;
  readonly stop: () => void;
}

interface Review {
  readonly request: { readonly uid: string };
}

/** Starts a webhook on 127.0.0.1 for a resource of the core group, such as `resourcequotas`. */
export async function startDenyingWebhook(name: string, resource: string, message: string): Promise<DenyingWebhook> {
  let allowed = false;
  const authority = issueCertificate({ commonName: name });
  const { certificate, key } = issueCertificate({ commonName: name, hosts: ['127.0.0.1'], authority });
  const server = createServer({ cert: certificate, key }, async (request, response) => {
    const parts: string[] = [];
    for await (const part of request.setEncoding('utf8')) parts.push(part);
    const { uid } = (JSON.parse(parts.join('')) as Review).request;
    const verdict = { uid, allowed, ...(allowed ? {} : { status: { code: 403, message } }) };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: verdict }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const configuration: Manifest = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name },
    webhooks: [
      {
        name,
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        clientConfig: {
          url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
          caBundle: Buffer.from(authority.certificate).toString('base64'),
        },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: [resource] }],
      },
    ],
  };
  return {
    configuration,
    allow: () => {
      allowed = true;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
