import { describeBytes, MiB } from '../../core/quantity.ts';
import { aboutObject } from '../reading/inventory.ts';
import { aboutRelease } from '../reading/release-values.ts';
import type { Rule } from '../rule.ts';

/** What one value of etcd, one ConfigMap and one Secret may hold. */
const MAX_BYTES = MiB;

const size = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

export const objectSize: Rule = {
  id: 'OBJ019',
  title: 'No object and no release is larger than 1 MiB',
  severity: 'error',
  protectsFrom: 'an object that etcd refuses, or a release that Helm cannot record',
  because:
    'ConfigMaps and Secrets hold at most 1 MiB, and etcd takes requests of 1.5 MiB by default. Helm keeps the values of a release, with its manifests, in a Secret.',
  source:
    'Kubernetes 1.36, pkg/apis/core MaxSecretSize; etcd 3.6, --max-request-bytes; Helm documentation, "Advanced: Storage backends"',
  example: {
    of: 'objects',
    breaks: `apiVersion: v1
kind: ConfigMap
metadata: { name: reference-data, namespace: workbench }
data: { table: "\${2000000 characters}" }`,
    mended: `apiVersion: v1
kind: ConfigMap
metadata: { name: reference-data, namespace: workbench }
data: { table: "s3://example-bucket/table" }`,
  },
  check: (bundle) => [
    ...bundle.objects.flatMap((object) => {
      const bytes = size(object.manifest);
      const message = `has ${describeBytes(bytes)}, and ${describeBytes(MAX_BYTES)} is the most.`;
      return bytes > MAX_BYTES ? [aboutObject(object, message, 'Split it, or keep the data elsewhere.')] : [];
    }),
    ...bundle.releases.flatMap((release) => {
      const bytes = size(release.values);
      const message = `has values of ${describeBytes(bytes)}, and Helm can keep ${describeBytes(MAX_BYTES)}.`;
      return bytes > MAX_BYTES ? [aboutRelease(release, message, 'Keep large texts elsewhere.')] : [];
    }),
  ],
};
