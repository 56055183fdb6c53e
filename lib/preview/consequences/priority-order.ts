import type { BundleContents } from '../../bundle/contents.ts';
import type { Consequence, ConsequenceRule } from '../consequence.ts';
import { changesOf, KINDS, manifestsOf, textAt, valueAt } from '../lookup.ts';
import type { Subject } from '../subject.ts';
import { list } from '../words.ts';

type Foreseen = Omit<Consequence, 'rule'>;

function ladder(contents: BundleContents): ReadonlyMap<string, number> {
  return new Map(
    manifestsOf(contents, KINDS.priorityClass).map((each) => [each.metadata.name, Number(textAt(each, 'value'))]),
  );
}

const defaultClass = (contents: BundleContents): string =>
  manifestsOf(contents, KINDS.priorityClass).find((each) => valueAt(each, 'globalDefault') === true)?.metadata.name ??
  'none';

/** Pairs of classes of which the other one is now ahead, or no longer is. */
function turned(old: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): readonly string[] {
  const names = [...old.keys()].filter((name) => now.has(name));
  return names.flatMap((one, index) =>
    names.slice(index + 1).flatMap((other) => {
      const was = Math.sign((old.get(one) ?? 0) - (old.get(other) ?? 0));
      const is = Math.sign((now.get(one) ?? 0) - (now.get(other) ?? 0));
      if (was === is) return [];
      if (is === 0) return [`${one} and ${other} are now equal`];
      return [is > 0 ? `${one} now goes before ${other}` : `${other} now goes before ${one}`];
    }),
  );
}

export const priorityOrder: ConsequenceRule = {
  id: 'priority-order',
  title: 'Who goes before whom when there is no room for all',
  upstream: 'Kubernetes 1.36 pkg/scheduler/framework/plugins/defaultpreemption, admission plugin Priority',
  foresee: ({ before, after, changes }) => {
    const causes: readonly Subject[] = changesOf(changes, KINDS.priorityClass).map(({ subject }) => subject);
    if (causes.length === 0 || before.objects.length === 0) return [];
    const found: Foreseen[] = [];
    const pairs = turned(ladder(before), ladder(after));
    if (pairs.length > 0) {
      const message = `the order changes: ${list(pairs, 4)}. A pod that goes before may end the running one of another, unless it never preempts.`;
      found.push({ risk: 'disruptive', about: 'priorities', message, causes });
    }
    const [old, now] = [defaultClass(before), defaultClass(after)];
    if (old !== now) {
      const message = `pods that name no class get ${now} instead of ${old}; those that run keep theirs.`;
      found.push({ risk: 'care', about: 'priorities', message, causes });
    }
    return found;
  },
};
