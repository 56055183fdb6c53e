import { type Filter, unresolvable } from './filter.ts';
import { untoleratedTaint } from './toleration.ts';

/** A node's taints repel pods that do not tolerate every one of them (TaintToleration). */
export const taintToleration: Filter = ({ tolerations }) => ({
  kind: 'check',
  check: ({ taints }) => {
    const taint = untoleratedTaint(taints, tolerations);
    return taint && unresolvable({ code: 'untolerated-taint', taint });
  },
});
