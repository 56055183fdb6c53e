import type { Platform } from '../model/platform.ts';
import type { FluentBitSection } from './fluent-bit-config.ts';

/** Tag of the records of pods. */
export const POD_TAG = 'kube';

/** Attempts beside the first; then a chunk is dropped, so that one outage does not keep all later logs waiting. */
const RETRY_LIMIT = 5;

/** CloudWatch log group of the pods' logs, one for each environment. */
export function logGroupName(platform: Platform): string {
  return `/atelier/${platform.environment.name}/pods`;
}

/**
 * Where the records go; `undefined` where logs are not shipped. Options: plugins/out_cloudwatch_logs and out_loki of
 * Fluent Bit 5.1.
 */
export function logDestination(platform: Platform): FluentBitSection | undefined {
  const { name, cluster, monitoring } = platform.environment;
  const { logs } = monitoring;
  switch (logs.kind) {
    case 'none':
      return undefined;
    case 'cloudwatch':
      return {
        kind: 'OUTPUT',
        entries: {
          Name: 'cloudwatch_logs',
          Match: `${POD_TAG}.*`,
          ...(cluster.kind === 'eks' ? { region: cluster.region } : {}),
          log_group_name: logGroupName(platform),
          log_stream_template: "$kubernetes['namespace_name'].$kubernetes['pod_name'].$kubernetes['container_name']",
          // For records without pod metadata.
          log_stream_prefix: 'pod-',
          // The group belongs to the cloud plan: one that Fluent Bit makes is kept, and paid for, for ever.
          auto_create_group: false,
          Retry_Limit: RETRY_LIMIT,
        },
      };
    case 'loki':
      return {
        kind: 'OUTPUT',
        entries: {
          Name: 'loki',
          Match: `${POD_TAG}.*`,
          Host: logs.host,
          Port: logs.port,
          ...(logs.tls ? { tls: true } : {}),
          // Few values each: every combination is a stream of its own. The pod's name stands in the line.
          Labels: [
            'job=fluent-bit',
            `cluster=${cluster.name}`,
            `environment=${name}`,
            "namespace=$kubernetes['namespace_name']",
            "container=$kubernetes['container_name']",
          ].join(', '),
          Line_Format: 'json',
          compress: 'gzip',
          Retry_Limit: RETRY_LIMIT,
        },
      };
  }
}
