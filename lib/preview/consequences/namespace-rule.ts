import type { BundleContents } from '../../bundle/contents.ts';
import { LABELS } from '../../catalog/labels.ts';
import type { Change } from '../change.ts';
import type { Comparison, Consequence, ConsequenceRule } from '../consequence.ts';
import { KINDS, kindKey, listAt, manifestOf, mapAt, textAt } from '../lookup.ts';
import { describeSubject, type Subject, subjectKey } from '../subject.ts';

type Foreseen = Omit<Consequence, 'rule'>;

/** What a label of a namespace decides. */
function decides(label: string): string | undefined {
  if (label.startsWith(LABELS.podSecurityPrefix)) return 'which pods Pod Security admission lets in';
  if (label === LABELS.gpuAccess) return 'whether its pods may ask for GPUs';
  if (label === LABELS.tier) return 'which policies hold in it';
  return undefined;
}

const HIERARCHY = 'hnc.x-k8s.io/HierarchyConfiguration';

type Labels = Readonly<Record<string, string>>;

/** Labels that HNC sets on a namespace: what any of its ancestors or itself says for the subtree. */
function treeLabels(contents: BundleContents, subject: Subject, seen: ReadonlySet<string> = new Set()): Labels {
  const hierarchy = manifestOf(contents, subject);
  const key = subjectKey(subject);
  if (!hierarchy || subject.type !== 'object' || seen.has(key)) return {};
  const own = listAt(hierarchy, 'spec.labels').map((each) => [textAt(each, 'key'), textAt(each, 'value')] as const);
  const parent = { ...subject, namespace: textAt(hierarchy, 'spec.parent') };
  return { ...Object.fromEntries(own), ...treeLabels(contents, parent, new Set([...seen, key])) };
}

function labelsOf(contents: BundleContents, subject: Subject, isTree: boolean): Labels {
  if (isTree) return treeLabels(contents, subject);
  const labels = mapAt(manifestOf(contents, subject), 'metadata.labels');
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}

function changedLabels({ before, after }: Comparison, change: Change, isTree: boolean): readonly Foreseen[] {
  const [old, now] = [before, after].map((side) => labelsOf(side, change.subject, isTree));
  const labels = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])].sort();
  const about =
    change.subject.type === 'object' && isTree
      ? `namespaces from ${change.subject.namespace ?? ''} down`
      : describeSubject(change.subject);
  return labels.flatMap((label): readonly Foreseen[] => {
    const what = decides(label);
    const [was, is] = [old?.[label], now?.[label]];
    if (what === undefined || was === is) return [];
    const message = `${label} is ${is ?? 'gone'} instead of ${was ?? 'nothing'}: it decides ${what}. Running pods stay; new ones come under it.`;
    return [{ risk: 'care', about, message, causes: [change.subject] }];
  });
}

function changedParent({ fields, subject }: Change): readonly Foreseen[] {
  const parent = fields.find(({ path }) => path[0] === 'spec' && path[1] === 'parent');
  if (!parent || subject.type !== 'object') return [];
  const message = `moves from ${String(parent.before ?? 'the top')} to ${String(parent.after ?? 'the top')}: rights and quotas of the new ancestors hold from now on, those of the old ones no longer.`;
  return [{ risk: 'disruptive', about: `tenant ${subject.namespace ?? ''}`, message, causes: [subject] }];
}

export const namespaceRule: ConsequenceRule = {
  id: 'namespace-rule',
  title: 'Namespaces that come under other rules or another parent',
  upstream: 'Kubernetes 1.36 staging/src/k8s.io/pod-security-admission; HNC 1.1.0 internal/hierarchyconfig',
  foresee: (comparison) =>
    comparison.changes.flatMap((change): readonly Foreseen[] => {
      const kind = kindKey(change.subject);
      if (change.action !== 'changed' || (kind !== KINDS.namespace && kind !== HIERARCHY)) return [];
      const isTree = kind === HIERARCHY;
      return [...(isTree ? changedParent(change) : []), ...changedLabels(comparison, change, isTree)];
    }),
};
