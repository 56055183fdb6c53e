import type { Manifest } from '../../bundle/bundle.ts';
import { LABELS } from '../../catalog/labels.ts';
import { objectOr } from '../../core/json.ts';
import type { Tier } from '../../model/priority-ladder.ts';
import type { Comparison } from '../consequence.ts';
import { KINDS, manifestsOf } from '../lookup.ts';
import { distinct } from '../words.ts';
import { type AdmissionSide, bareNamespace } from './admission-side.ts';
import { concernedKinds } from './changed-policies.ts';
import { asServiceAccount, type Example, examples } from './example-requests.ts';
import { exceptedAccounts, type LikeNamespaces, likeNamespaces, literalsOf } from './like-namespaces.ts';
import { namespaceSubject, type Replay } from './replay.ts';
import type { Reversal } from './reversal.ts';

/** Tiers whose namespaces belong to people, who make in them what they like. */
const PEOPLES: ReadonlySet<unknown> = new Set<Tier>(['tenant', 'course']);

/** Every cluster has it, and it stands for whatever belongs to nobody. */
const OTHERS = 'default';

/** Namespaces in which people made things before and do now; what else becomes of a namespace is said of itself. */
function peoplesNamespaces(before: AdmissionSide, after: AdmissionSide): readonly (readonly [Manifest, Manifest])[] {
  const ofPeople = ({ metadata }: Manifest): boolean => PEOPLES.has(objectOr(metadata.labels)[LABELS.tier]);
  const pairs = [...after.namespaces].flatMap(([name, now]): readonly (readonly [Manifest, Manifest])[] => {
    const old = before.namespaces.get(name);
    return old && ofPeople(old) && ofPeople(now) ? [[old, now]] : [];
  });
  const others = bareNamespace(OTHERS);
  return [...pairs, [before.namespaces.get(OTHERS) ?? others, after.namespaces.get(OTHERS) ?? others]];
}

function examplesOf({ before, after }: Comparison): readonly Example[] {
  const pools = [before, after].flatMap(({ platform }) => platform?.pools ?? []);
  const devices = pools.flatMap(({ nodes }) => nodes.flatMap((node) => Object.keys(node.devices)));
  const classes = [before, after].flatMap((contents) => manifestsOf(contents, KINDS.priorityClass));
  return examples({
    priorityClasses: distinct(classes.map(({ metadata }) => metadata.name)),
    devices: distinct(devices),
    pools: distinct(pools.filter(({ spec }) => spec.role === 'dedicated').map(({ name }) => name)),
  });
}

/** What people may make that gets another answer than before, in namespaces that policies do not tell apart. */
export function exampleReversals(comparison: Comparison, replay: Replay): readonly Reversal[] {
  const { before, after, changed, completesOtherwise, isChanged, compare, causesOf } = replay;
  const all = examplesOf(comparison);
  const kinds = all.map(({ object }) => object(OTHERS));
  const both = [...before.policies, ...after.policies].filter((policy) => kinds.some(concernedKinds([policy])));
  const place = (side: AdmissionSide, namespace: Manifest): AdmissionSide => ({
    ...side,
    namespaces: new Map([[namespace.metadata.name, namespace]]),
  });

  function reversalsIn({ before: was, after: is, names }: LikeNamespaces): readonly Reversal[] {
    const { name } = is.metadata;
    const accounts = exceptedAccounts(both, name).flatMap((account) => asServiceAccount(all, account));
    const [old, now] = [place(before, was), place(after, is)];
    return [...all, ...accounts].flatMap(({ about, object }): readonly Reversal[] => {
      const manifest = object(name);
      const answers = compare({ side: old, object: manifest }, { side: now, object: manifest });
      if (!answers?.before) return [];
      const { before: did, after: does } = answers;
      if (did.kind === 'undecided' || does.kind === 'undecided') return [];
      const by = does.kind === 'refused' ? does.by : did.kind === 'refused' ? did.by : [];
      const causes = causesOf(by, ...names.map(namespaceSubject));
      return [
        { about, object: manifest, before: manifest, kind: does.kind, of: 'example', by, namespaces: names, causes },
      ];
    });
  }

  const decidesAlike = !kinds.some(concernedKinds(changed)) && !completesOtherwise;
  const pairs = peoplesNamespaces(before, after).filter(
    ([, { metadata }]) => !decidesAlike || isChanged(namespaceSubject(metadata.name)),
  );
  const filled = (namespace: string): string =>
    JSON.stringify([before, after].map(({ defaults }) => defaults.containers(namespace)));
  return likeNamespaces(pairs, literalsOf(both), filled).flatMap(reversalsIn);
}
