import { LABELS } from '../../catalog/labels.ts';
import type { Consequence, ConsequenceRule } from '../consequence.ts';
import { changesOf, KINDS, kindKey } from '../lookup.ts';
import { describeSubject } from '../subject.ts';

type Foreseen = Omit<Consequence, 'rule'>;

/** What a label of a namespace decides. */
function decides(label: string): string | undefined {
  if (label.startsWith(LABELS.podSecurityPrefix)) return 'which pods Pod Security admission lets in';
  if (label === LABELS.gpuAccess) return 'whether its pods may ask for GPUs';
  if (label === LABELS.tier) return 'which policies hold in it';
  return undefined;
}

const PARENT = 'hnc.x-k8s.io/HierarchyConfiguration';

export const namespaceRule: ConsequenceRule = {
  id: 'namespace-rule',
  title: 'Namespaces that come under other rules or another parent',
  upstream: 'Kubernetes 1.36 staging/src/k8s.io/pod-security-admission; HNC 1.1.0 internal/hierarchyconfig',
  foresee: ({ changes }) => [
    ...changesOf(changes, KINDS.namespace).flatMap((change): readonly Foreseen[] => {
      if (change.action !== 'changed') return [];
      return change.fields.flatMap(({ path, before, after }): readonly Foreseen[] => {
        const label = path[1] === 'labels' && typeof path[2] === 'string' ? path[2] : '';
        const what = decides(label);
        if (what === undefined) return [];
        const message = `${label} is ${String(after ?? 'gone')} instead of ${String(before ?? 'nothing')}: it decides ${what}. Running pods stay; new ones come under it.`;
        return [{ risk: 'care', about: describeSubject(change.subject), message, causes: [change.subject] }];
      });
    }),
    ...changes.flatMap((change): readonly Foreseen[] => {
      if (kindKey(change.subject) !== PARENT || change.action !== 'changed') return [];
      const parent = change.fields.find(({ path }) => path[0] === 'spec' && path[1] === 'parent');
      if (!parent || change.subject.type !== 'object') return [];
      const message = `moves from ${String(parent.before ?? 'the top')} to ${String(parent.after ?? 'the top')}: rights and quotas of the new ancestors hold from now on, those of the old ones no longer.`;
      return [
        { risk: 'disruptive', about: `tenant ${change.subject.namespace ?? ''}`, message, causes: [change.subject] },
      ];
    }),
  ],
};
