import { Construct } from 'constructs';
import { CHARTS } from '../catalog/charts.ts';
import { CloudResource } from '../constructs/cloud-resource.ts';
import { declareOrigin } from '../constructs/origin.ts';
import { asJsonObject } from '../core/json.ts';
import { HelmRelease } from '../helm/release.ts';
import { awsArn } from '../model/cluster.ts';
import type { Platform } from '../model/platform.ts';
import { podIdentity } from '../model/pod-identity.ts';
import { logGroupName } from './log-destination.ts';
import { logShippingValues } from './log-shipping-values.ts';

export interface LogShippingProps {
  readonly platform: Platform;
}

/**
 * Logs of all pods (MON-6), with the log group and the right to write to it where they go to CloudWatch. Phase
 * 70-monitoring, where `monitoring.logs.kind` is not `none`.
 */
export class LogShipping extends Construct {
  constructor(scope: Construct, id: string, { platform }: LogShippingProps) {
    super(scope, id);
    declareOrigin(this, ['monitoring', 'logs']);
    const { cluster, monitoring } = platform.environment;
    const { logs, namespace } = monitoring;
    const chart = CHARTS.fluentBit;
    new HelmRelease(this, 'release', {
      // Also the name of its ServiceAccount, which the pod identity below names.
      name: chart.name,
      chart,
      namespace,
      values: asJsonObject(logShippingValues(platform)),
    });
    if (logs.kind !== 'cloudwatch' || cluster.kind !== 'eks') return;
    const group = logGroupName(platform);
    new CloudResource(this, 'log-group', {
      kind: 'cloudwatch-log-group',
      name: group,
      spec: { retentionDays: logs.retentionDays },
    });
    new CloudResource(this, 'pod-identity', {
      kind: 'eks-pod-identity',
      name: chart.name,
      spec: podIdentity(cluster, {
        name: chart.name,
        namespace,
        serviceAccount: chart.name,
        policies: [
          {
            name: 'logs',
            statements: [
              {
                Sid: 'WriteLogs',
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                Resource: awsArn(cluster, 'logs', `log-group:${group}:*`),
              },
            ],
          },
        ],
      }),
    });
  }
}
