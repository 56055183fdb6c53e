import type { Change } from './change.ts';
import { kindKey } from './lookup.ts';
import type { Risk } from './risk.ts';

/** How careful one has to be with a change, and the one sentence that says why. */
export interface Assessment {
  readonly risk: Risk;
  readonly why: string;
}

/** Kinds whose every change acts on what comes later only. */
const LATER_ONLY: ReadonlySet<string> = new Set(['karpenter.sh/NodePool', 'karpenter.k8s.aws/EC2NodeClass']);
/** Kinds that pods read. */
const READ_BY_PODS: ReadonlySet<string> = new Set(['/ConfigMap', '/Secret']);

/** Generated files by the folder they lie in: what they are for, and what that means. */
const FILES: readonly (readonly [folder: string, assessment: Assessment])[] = [
  [
    'gitops/',
    { risk: 'safe', why: 'Argo CD or Flux reads it; what it points to is listed by itself, with its own risk.' },
  ],
  [
    'nodes/',
    { risk: 'care', why: 'Somebody must run it: labels and taints of the nodes that exist change only then.' },
  ],
  ['images/', { risk: 'safe', why: 'Takes effect when the image is built and its new tag is named.' }],
];

function ofFile(path: string): Assessment {
  const known = FILES.find(([folder]) => path.startsWith(folder));
  return known?.[1] ?? { risk: 'safe', why: 'Written beside the manifests for people; nothing applies it by itself.' };
}

/** The risk of a change of which no consequence is known. */
export function ordinaryRisk(change: Change): Assessment {
  const { action, fields, subject } = change;
  if (subject.type === 'file') return ofFile(subject.path);
  switch (action) {
    case 'added':
      return { risk: 'safe', why: 'New: nothing that runs depends on it yet.' };
    case 'removed':
      return { risk: 'care', why: 'No longer there: what still refers to it does so in vain.' };
    case 'renamed':
      return { risk: 'care', why: 'Kubernetes knows no renaming: it is made anew, and the old one is deleted.' };
    case 'changed':
      if (fields.length === 0) return { risk: 'safe', why: 'Written differently, with the same meaning.' };
      if (fields.every(({ path }) => path[0] === 'metadata')) {
        return { risk: 'safe', why: 'Only labels or annotations of the object itself change.' };
      }
      if (fields.every(({ path }) => path[0] === '(phase)')) {
        return { risk: 'safe', why: 'Only the phase in which it is applied changes.' };
      }
      if (LATER_ONLY.has(kindKey(subject))) {
        return { risk: 'safe', why: 'Holds for what is decided from now on; no node is replaced for it.' };
      }
      if (READ_BY_PODS.has(kindKey(subject))) {
        return {
          risk: 'care',
          why: 'Pods read it when they start, mounted files within minutes; some must be restarted.',
        };
      }
      return { risk: 'care', why: 'Changes in place; no rule of preview knows more of it, so read the fields.' };
  }
}
