import type { Manifest } from '../../bundle/bundle.ts';
import type { BundleContents } from '../../bundle/contents.ts';
import type { JsonObject } from '../../core/json.ts';
import { type Change, displayFieldPath, isUnder } from '../change.ts';
import type { Comparison, ConsequenceRule } from '../consequence.ts';
import { changesOf, KINDS, listAt, manifestsOf, textAt, valueAt } from '../lookup.ts';
import { sessionsOn } from '../sessions.ts';
import { count, distinct, list } from '../words.ts';

/** Fields of an EC2NodeClass outside its hash: Karpenter looks at what they resolve to instead. */
const RESOLVED_FIELDS = [
  'spec.amiFamily',
  'spec.amiSelectorTerms',
  'spec.capacityReservationSelectorTerms',
  'spec.ipPrefixCount',
  'spec.securityGroupSelectorTerms',
  'spec.subnetSelectorTerms',
];
const REQUIREMENTS = 'spec.template.spec.requirements';

/** Values that a node of the pool may have had for a requirement, and may no longer have. */
function lostValues(before: Manifest, after: Manifest): readonly string[] {
  const byKey = (manifest: Manifest): ReadonlyMap<string, JsonObject> =>
    new Map(listAt(manifest, REQUIREMENTS).map((each) => [textAt(each, 'key'), each as JsonObject]));
  const earlier = byKey(before);
  return [...byKey(after)].flatMap(([key, requirement]) => {
    const allowed = new Set(listAt(requirement, 'values').map(String));
    const old = earlier.get(key);
    if (textAt(requirement, 'operator') !== 'In') return old ? [] : [`${key} (new)`];
    if (!old || textAt(old, 'operator') !== 'In') return [`${key} (now one of ${list([...allowed])})`];
    return listAt(old, 'values')
      .map(String)
      .filter((value) => !allowed.has(value));
  });
}

interface Drift {
  readonly certain: readonly string[];
  /** Nodes with these values only. */
  readonly partly: readonly string[];
}

function poolDrift(change: Change, before: Manifest, after: Manifest): Drift {
  const fields = change.fields.filter((field) => isUnder(field, 'spec.template'));
  return {
    certain: fields.filter((field) => !isUnder(field, REQUIREMENTS)).map(({ path }) => displayFieldPath(path)),
    partly: fields.some((field) => isUnder(field, REQUIREMENTS)) ? lostValues(before, after) : [],
  };
}

function classDrift(change: Change | undefined): Drift {
  const fields = change?.fields.filter((field) => isUnder(field, 'spec')) ?? [];
  const resolved = (field: (typeof fields)[number]): boolean => RESOLVED_FIELDS.some((each) => isUnder(field, each));
  const selects = fields.filter((field) => resolved(field) && !isUnder(field, 'spec.amiSelectorTerms'));
  return {
    certain: distinct([
      ...fields.filter((field) => !resolved(field)).map(({ path }) => displayFieldPath(path)),
      ...(fields.some((field) => isUnder(field, 'spec.amiSelectorTerms'))
        ? ['spec.amiSelectorTerms (another image)']
        : []),
    ]),
    partly: selects.map(({ path }) => `${displayFieldPath(path)} (where it resolves to something else)`),
  };
}

/** Most nodes the pool can have had: its own limit. */
function mostNodes(pool: Manifest): string {
  const nodes = textAt(pool, 'spec.limits.nodes');
  return nodes === '' ? 'all its nodes' : `at most ${count(Number(nodes), 'node')}`;
}

/** When Karpenter may replace drifted nodes, as the pool's budgets say. */
function whenDrifted(pool: Manifest): string {
  const budgets = listAt(pool, 'spec.disruption.budgets').filter((budget) => {
    const reasons = listAt(budget, 'reasons');
    return reasons.length === 0 || reasons.includes('Drifted');
  });
  const always = budgets.filter((budget) => textAt(budget, 'schedule') === '').map((budget) => textAt(budget, 'nodes'));
  const closed = budgets.filter((budget) => textAt(budget, 'schedule') !== '' && textAt(budget, 'nodes') === '0');
  if (always.some((nodes) => nodes === '0' || nodes === '0%'))
    return '. Its budgets allow no replacement, so the drift waits.';
  const pace = always.length > 0 ? `, ${always.join(' and ')} at a time` : '';
  const pause = closed.map((budget) => `the ${textAt(budget, 'duration')} from "${textAt(budget, 'schedule')}" UTC`);
  return `${pace}${pause.length > 0 ? `, none in ${pause.join(' and ')}` : ''}.`;
}

function sessionsNote(before: BundleContents, pool: Manifest): { readonly text: string; readonly evicts: boolean } {
  const { unprotected, protectedOnes } = sessionsOn(before, pool.metadata.name);
  const grace = valueAt(pool, 'spec.template.spec.terminationGracePeriod') !== undefined;
  if (grace && protectedOnes.length + unprotected.length > 0) {
    return {
      text: ` Sessions of ${list([...unprotected, ...protectedOnes])} are ended after the termination grace period.`,
      evicts: true,
    };
  }
  const kept = protectedOnes.length > 0 ? ` Nodes with sessions of ${list(protectedOnes)} wait until these end.` : '';
  const ended = unprotected.length > 0 ? ` Sessions of ${list(unprotected)} are evicted: they are not protected.` : '';
  return { text: `${ended}${kept}`, evicts: unprotected.length > 0 };
}

function foresee({ before, after, changes }: Comparison): ReturnType<ConsequenceRule['foresee']> {
  const poolChanges = changesOf(changes, KINDS.nodePool);
  const classChanges = changesOf(changes, KINDS.ec2NodeClass);
  if (poolChanges.length + classChanges.length === 0) return [];
  const earlier = new Map(manifestsOf(before, KINDS.nodePool).map((pool) => [pool.metadata.name, pool]));
  return manifestsOf(after, KINDS.nodePool).flatMap((pool) => {
    const { name } = pool.metadata;
    const old = earlier.get(name);
    if (!old) return [];
    const named = (change: Change, wanted: string): boolean =>
      'name' in change.subject && change.subject.name === wanted && change.action === 'changed';
    const change = poolChanges.find((each) => named(each, name));
    const className = textAt(pool, 'spec.template.spec.nodeClassRef.name');
    const classChange = classChanges.find((each) => named(each, className));
    const drifts = [change ? poolDrift(change, old, pool) : undefined, classDrift(classChange)];
    const certain = drifts.flatMap((drift) => drift?.certain ?? []);
    const partly = drifts.flatMap((drift) => drift?.partly ?? []);
    if (certain.length + partly.length === 0) return [];
    const sessions = sessionsNote(before, old);
    const which =
      certain.length > 0
        ? `${mostNodes(old)} drift because of ${list(certain, 4)}`
        : `nodes that have ${list(partly, 4)} drift, ${mostNodes(old)}`;
    return [
      {
        risk: sessions.evicts ? ('disruptive' as const) : ('care' as const),
        about: `pool ${name}`,
        message: `Karpenter replaces nodes: ${which}${whenDrifted(pool)}${sessions.text}`,
        causes: [change, classChange].flatMap((each) => (each ? [each.subject] : [])),
      },
    ];
  });
}

export const nodeDrift: ConsequenceRule = {
  id: 'node-drift',
  title: 'Nodes that Karpenter replaces because their pool or class changed',
  upstream:
    'Karpenter 1.14.1 pkg/apis/v1/nodepool.go Hash, pkg/controllers/nodeclaim/disruption/drift.go; AWS provider 1.14.1 pkg/apis/v1/ec2nodeclass.go, pkg/cloudprovider/drift.go',
  foresee,
};
