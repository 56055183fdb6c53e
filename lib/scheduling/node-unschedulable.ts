import { NODE_TAINTS } from '../catalog/taints.ts';
import { type Filter, unresolvable } from './filter.ts';
import type { NodeTaint } from './node.ts';
import { tolerates } from './toleration.ts';

const CORDONED: NodeTaint = { key: NODE_TAINTS.unschedulable, effect: 'NoSchedule' };

const UNSCHEDULABLE = unresolvable({ code: 'node-unschedulable' });

/** A cordoned node takes only pods that tolerate its taint, whether it has the taint yet or not (NodeUnschedulable). */
export const nodeUnschedulable: Filter = ({ tolerations }) => {
  const tolerated = tolerations.some((toleration) => tolerates(toleration, CORDONED));
  return {
    kind: 'check',
    check: ({ node }) => (node.spec?.unschedulable && !tolerated ? UNSCHEDULABLE : undefined),
  };
};
