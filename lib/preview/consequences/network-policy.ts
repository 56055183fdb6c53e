import type { ConsequenceRule } from '../consequence.ts';
import { changesOf, KINDS, newNamespaces } from '../lookup.ts';
import { describeSubject } from '../subject.ts';

const EFFECT = {
  added: 'is new: connections of the pods it selects that no policy allows are cut.',
  removed: 'is gone: pods that no other policy selects may talk to everything.',
  changed:
    'allows other connections than before; those that are no longer allowed are cut, open ones too in most networks.',
  renamed: 'is made anew under another name; for a moment either both hold or none.',
} as const;

export const networkPolicy: ConsequenceRule = {
  id: 'network-policy',
  title: 'Connections that are cut or allowed',
  upstream: 'Kubernetes networking.k8s.io/v1 NetworkPolicy: policies add up, and a selected pod is closed by default',
  foresee: ({ changes }) => {
    const fresh = newNamespaces(changes);
    return changesOf(changes, KINDS.networkPolicy)
      .filter(({ subject, fields, action }) => {
        const isNew = subject.type === 'object' && fresh.has(subject.namespace ?? '');
        return !isNew && (action !== 'changed' || fields.some(({ path }) => path[0] === 'spec'));
      })
      .map(({ subject, action }) => ({
        risk: 'care' as const,
        about: describeSubject(subject),
        message: EFFECT[action],
        causes: [subject],
      }));
  },
};
