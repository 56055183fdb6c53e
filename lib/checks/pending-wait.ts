import { formatGoDuration } from '../core/duration.ts';
import type { Environment } from '../model/environment.ts';
import type { Finding, Rule } from './rule.ts';

/** Seconds; a session that waits for a node waits this much longer. */
const LONGEST = 60;

function tooLong(environment: Environment): readonly Finding[] {
  const { autoscaler } = environment;
  const slow = (key: string, seconds: number): readonly Finding[] => {
    if (seconds <= LONGEST) return [];
    const message = `${formatGoDuration(seconds)} pass before anybody launches a node for a waiting session.`;
    return [{ at: ['autoscaler', key], message, hint: 'Use seconds.' }];
  };
  switch (autoscaler.kind) {
    case 'karpenter': {
      if (autoscaler.batchIdle <= autoscaler.batchMax) return slow('batchMax', autoscaler.batchMax);
      const message = `${formatGoDuration(autoscaler.batchIdle)} of quiet never come about within the ${formatGoDuration(autoscaler.batchMax)} of batchMax.`;
      return [{ at: ['autoscaler', 'batchIdle'], message, hint: 'Use less than batchMax.' }];
    }
    case 'cluster-autoscaler':
      return slow('scanInterval', autoscaler.scanInterval);
    case 'none':
      return [];
  }
}

export const pendingWait: Rule = {
  id: 'AUTO010',
  title: 'Waiting sessions are looked at within a minute',
  severity: 'warning',
  protectsFrom: 'users who wait minutes for nothing before their node is even ordered',
  because:
    'Karpenter collects pending pods until none has come for `batchIdle`, or `batchMax` is over; cluster-autoscaler looks at them every `scanInterval`. Both pass before EC2 is asked.',
  source: 'Karpenter 1.14, "Settings: Batching parameters"; cluster-autoscaler 1.36, FAQ --scan-interval',
  example: {
    of: 'environment',
    breaks: 'autoscaler: { kind: karpenter, batchMax: 5m }',
    mended: 'autoscaler: { kind: karpenter, batchMax: 10s }',
  },
  check: ({ platform }) => tooLong(platform.environment),
};
