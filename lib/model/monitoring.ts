import * as z from 'zod';
import { CLOUDWATCH_RETENTION_DAYS } from '../catalog/cloudwatch.ts';
import { bytesField, durationField, hostField, nameField } from './field.ts';

/** Metrics, dashboards and logs. */
export const monitoringSchema = z.strictObject({
  namespace: nameField.default('monitoring').describe('Namespace of Prometheus, Grafana and Fluent Bit.'),
  retention: durationField.prefault('10d').describe('How long Prometheus keeps samples.'),
  storage: bytesField.prefault('50Gi').describe('Volume of each Prometheus.'),
  replicas: z.int().min(1).default(1).describe('Prometheus replicas.'),
  grafanaHost: hostField.optional().describe('Host name of Grafana. Default: no ingress.'),
  grafanaAdminSecret: nameField
    .default('grafana-admin')
    .describe('Secret in the namespace with the keys admin-user and admin-password.'),
  controlPlane: z
    .boolean()
    .default(false)
    .describe(
      'Scrape etcd, controller manager, scheduler and kube-proxy, where their metrics ports listen beyond the node. Never on EKS.',
    ),
  gpuInterval: durationField.prefault('30s').describe('How often GPU metrics are collected and scraped.'),
  profiling: z
    .boolean()
    .default(true)
    .describe('Collect DCGM_FI_PROF_* ratios; utilisation of MIG devices needs them.'),
  logs: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none') }).describe('No log shipping.'),
      z
        .strictObject({
          kind: z.literal('cloudwatch'),
          retentionDays: z.literal(CLOUDWATCH_RETENTION_DAYS).default(30).describe('How long CloudWatch keeps them.'),
        })
        .describe('Amazon CloudWatch Logs (EKS only).'),
      z
        .strictObject({
          kind: z.literal('loki'),
          host: hostField.describe('Host name of Loki or its gateway.'),
          port: z.int().min(1).max(65_535).default(3100).describe('Port of Loki.'),
          tls: z.boolean().default(false).describe('Speak TLS to it, and check its certificate.'),
        })
        .describe('Grafana Loki.'),
    ])
    .prefault({ kind: 'none' })
    .describe('Where Fluent Bit sends the logs of pods.'),
});
