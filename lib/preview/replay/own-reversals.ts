import type { Comparison } from '../consequence.ts';
import { concernedKinds } from './changed-policies.ts';
import { ownRequests } from './own-requests.ts';
import { namespaceSubject, type Replay } from './replay.ts';
import type { ReplayedRequest } from './replayed-request.ts';
import type { Reversal } from './reversal.ts';

/** What the environment itself makes and the policies answer otherwise than before. */
export function ownReversals(comparison: Comparison, replay: Replay): readonly Reversal[] {
  const { before, after, changed, completesOtherwise, isChanged, compare, causesOf } = replay;
  const earlier = new Map(ownRequests(comparison.before).map((request) => [request.key, request]));
  const concerned = concernedKinds([...before.policies, ...after.policies]);
  const newlyConcerned = concernedKinds(changed);

  /** Whether the answer to what was there before can be another one at all: of thousands, it rarely can. */
  function matters({ object, subject }: ReplayedRequest, old: ReplayedRequest): boolean {
    const { namespace } = object.metadata;
    return (
      newlyConcerned(object) ||
      (completesOtherwise && object.kind === 'Pod') ||
      (namespace !== undefined && isChanged(namespaceSubject(namespace))) ||
      (subject ? isChanged(subject) : JSON.stringify(object) !== JSON.stringify(old.object))
    );
  }

  return ownRequests(comparison.after).flatMap((request): readonly Reversal[] => {
    const { key, about, object, subject, at } = request;
    const old = earlier.get(key);
    if (!concerned(object) || (old && !matters(request, old))) return [];
    const answers = compare(old && { side: before, object: old.object }, { side: after, object });
    if (!answers) return [];
    const { before: did, after: now } = answers;
    const { namespace } = object.metadata;
    const others = [...(subject ? [subject] : []), ...(namespace === undefined ? [] : [namespaceSubject(namespace)])];
    const found = { about, object, ...(old ? { before: old.object } : {}), namespaces: [], ...(at ? { at } : {}) };
    if (now.kind === 'refused') {
      return [{ ...found, kind: 'refused', of: old ? 'made' : 'new', by: now.by, causes: causesOf(now.by, ...others) }];
    }
    if (now.kind === 'undecided' || did?.kind !== 'refused') return [];
    return [{ ...found, kind: 'allowed', of: 'made', by: did.by, causes: causesOf(did.by, ...others) }];
  });
}
