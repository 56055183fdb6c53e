import { describe, expect, it } from 'vitest';
import { PLATFORM_DAEMON_SETS } from '../../lib/catalog/daemon-sets.ts';
import { parseBytes, parseMillicpu } from '../../lib/core/quantity.ts';
import { unknownValuePaths } from '../../lib/helm/values-paths.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { LogShipping } from '../../lib/monitoring/log-shipping.ts';
import { logShippingValues } from '../../lib/monitoring/log-shipping-values.ts';
import { tolerates } from '../../lib/scheduling/toleration.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { synthesize } from '../fixtures/synthesize.ts';

const CLOUDWATCH = eksInput({ monitoring: { logs: { kind: 'cloudwatch', retentionDays: 90 } } });
const LOKI = onPremisesInput({ monitoring: { logs: { kind: 'loki', host: 'loki.example.org' } } });

const shipping = (input: EnvironmentInput) => {
  const platform = platformOf(input);
  return synthesize((scope) => new LogShipping(scope, 'logs', { platform }));
};
/** Entries of the only section of a text. */
const entriesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...text.matchAll(/^ {4}(\S+) (.+)$/gm)].map(([, key, value]) => [key, value]));
const outputOf = (input: EnvironmentInput) => entriesOf(logShippingValues(platformOf(input)).config.outputs);

describe('LogShipping (MON-6)', () => {
  it.each([
    ['CloudWatch', CLOUDWATCH],
    ['Loki', LOKI],
  ])('GIVEN %s WHEN synthesised THEN the chart reads every value', (_, input) => {
    const { releases } = shipping(input);
    expect(releases.map(({ name, namespace }) => [name, namespace])).toEqual([['fluent-bit', 'monitoring']]);
    for (const { values } of releases) expect(unknownValuePaths('fluent-bit', values)).toEqual([]);
  });

  it('GIVEN CloudWatch WHEN shipped THEN to the group of the environment, a stream for each container', () => {
    expect(outputOf(CLOUDWATCH)).toEqual({
      Name: 'cloudwatch_logs',
      Match: 'kube.*',
      region: 'eu-central-1',
      log_group_name: '/atelier/test/pods',
      log_stream_template: "$kubernetes['namespace_name'].$kubernetes['pod_name'].$kubernetes['container_name']",
      log_stream_prefix: 'pod-',
      auto_create_group: 'Off',
      Retry_Limit: '5',
    });
  });

  it('GIVEN CloudWatch WHEN planned THEN the group and the right to write to it, nothing more, are in the cloud plan', () => {
    expect(shipping(CLOUDWATCH).cloud.map(({ kind, name, spec }) => ({ kind, name, spec }))).toEqual([
      { kind: 'cloudwatch-log-group', name: '/atelier/test/pods', spec: { retentionDays: 90 } },
      {
        kind: 'eks-pod-identity',
        name: 'fluent-bit',
        spec: {
          namespace: 'monitoring',
          serviceAccount: 'fluent-bit',
          role: 'test-fluent-bit',
          managedPolicies: [],
          policies: [
            {
              name: 'test-fluent-bit-logs',
              statements: [
                {
                  Sid: 'WriteLogs',
                  Effect: 'Allow',
                  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                  Resource: 'arn:aws:logs:eu-central-1:111122223333:log-group:/atelier/test/pods:*',
                },
              ],
            },
          ],
        },
      },
    ]);
    expect(shipping(LOKI).cloud).toEqual([]);
  });

  it('GIVEN Loki WHEN shipped THEN streams are told apart by environment, namespace and container', () => {
    expect(outputOf(LOKI)).toEqual({
      Name: 'loki',
      Match: 'kube.*',
      Host: 'loki.example.org',
      Port: '3100',
      Labels:
        "job=fluent-bit, cluster=test, environment=test, namespace=$kubernetes['namespace_name'], container=$kubernetes['container_name']",
      Line_Format: 'json',
      compress: 'gzip',
      Retry_Limit: '5',
    });
  });

  it('GIVEN Loki behind TLS WHEN shipped THEN TLS is spoken', () => {
    const tls = onPremisesInput({ monitoring: { logs: { kind: 'loki', host: 'loki', port: 443, tls: true } } });
    expect(outputOf(tls)).toMatchObject({ Port: '443', tls: 'On' });
  });

  it('GIVEN secrets in annotations WHEN enriched THEN annotations stay out, and pods cannot opt out', () => {
    expect(entriesOf(logShippingValues(platformOf(LOKI)).config.filters)).toMatchObject({
      Annotations: 'Off',
      'K8S-Logging.Exclude': 'Off',
      'K8S-Logging.Parser': 'Off',
    });
  });

  it('GIVEN its own logs WHEN read THEN they are left out, memory is bounded and the position outlives the pod', () => {
    const values = logShippingValues(platformOf(LOKI));
    const tail = entriesOf(values.config.inputs);
    expect(tail).toMatchObject({
      Exclude_Path: '/var/log/containers/fluent-bit-*_monitoring_*.log',
      Mem_Buf_Limit: '16MB',
      DB: '/var/fluent-bit/state/tail.db',
    });
    expect(values.daemonSetVolumeMounts).toContainEqual({ name: 'state', mountPath: '/var/fluent-bit/state' });
    expect(values.daemonSetVolumeMounts).toContainEqual({ name: 'logs', mountPath: '/var/log', readOnly: true });
  });

  it('GIVEN taints of all pools WHEN placed THEN it tolerates each and asks for what was counted (NODE-5)', () => {
    const platform = platformOf(CLOUDWATCH);
    const { tolerations, resources } = logShippingValues(platform);
    for (const taint of platform.pools.flatMap((pool) => pool.taints)) {
      expect(tolerations.some((each) => tolerates(each, taint))).toBe(true);
    }
    const counted = PLATFORM_DAEMON_SETS.fluentBit;
    const { cpu, memory } = resources.requests;
    expect([parseMillicpu(cpu), parseBytes(memory)]).toEqual([counted.millicpu, counted.memoryBytes]);
  });

  it('GIVEN any destination WHEN rendered THEN no text can be taken for a template by the chart', () => {
    for (const input of [CLOUDWATCH, LOKI]) {
      expect(JSON.stringify(logShippingValues(platformOf(input)).config)).not.toContain('{{');
    }
  });
});
