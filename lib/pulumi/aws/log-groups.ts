import { LogGroup } from '@pulumi/aws/cloudwatch/logGroup.js';
import type { CustomResourceOptions } from '@pulumi/pulumi';
import { type CloudBundle, planned } from './planned.ts';

/** The log groups that the platform writes to, which their writers may not make themselves. */
export function logGroups(bundle: CloudBundle, opts: CustomResourceOptions): readonly LogGroup[] {
  return planned(bundle, 'cloudwatch-log-group').map(
    ({ name, spec }) => new LogGroup(name, { name, retentionInDays: spec.retentionDays }, opts),
  );
}
