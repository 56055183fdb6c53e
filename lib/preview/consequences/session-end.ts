import { formatGoDuration } from '../../core/duration.ts';
import type { Pool } from '../../model/pool.ts';
import type { Profile } from '../../model/profile.ts';
import type { Comparison, Consequence, ConsequenceRule } from '../consequence.ts';
import { changesOf, KINDS } from '../lookup.ts';
import { sessionsOn } from '../sessions.ts';
import type { Subject } from '../subject.ts';
import { list } from '../words.ts';

type Foreseen = Omit<Consequence, 'rule'>;

const time = (seconds: number | undefined): string => (seconds === undefined ? 'none' : formatGoDuration(seconds));

function compareProfile(before: Profile, after: Profile): readonly Foreseen[] {
  const about = `profile ${after.name}`;
  const found: Foreseen[] = [];
  const say = (risk: Foreseen['risk'], message: string): number =>
    found.push({ risk, about, message, causes: [], at: after.at });
  if (before.spec.protected && !after.spec.protected) {
    say('disruptive', 'new sessions are no longer protected: an autoscaler may end them to save or replace a node.');
  }
  if (!before.spec.protected && after.spec.protected) {
    say('safe', 'new sessions are protected: no autoscaler removes the node under them.');
  }
  const [old, now] = [before.spec.maxLifetime, after.spec.maxLifetime];
  if (now !== undefined && (old === undefined || now < old)) {
    say(
      'care',
      `new sessions end after ${time(now)}, idle or not (before: ${time(old)}). Running ones keep their time.`,
    );
  }
  const [idleBefore, idleAfter] = [before.idle.rstudio, after.idle.rstudio];
  if (idleAfter < idleBefore) {
    say('care', `idle RStudio sessions end after ${time(idleAfter)} instead of ${time(idleBefore)}.`);
  }
  return found;
}

const mayBeSpot = ({ spec }: Pool): boolean =>
  spec.capacity.kind === 'ec2' && spec.capacity.capacityTypes.includes('spot');

function comparePool(comparison: Comparison, before: Pool, after: Pool): readonly Foreseen[] {
  const { unprotected, protectedOnes } = sessionsOn(comparison.before, after.name);
  const everyone = list([...unprotected, ...protectedOnes]) || 'nobody';
  const [old, now] = [before.spec.disruption, after.spec.disruption];
  const causes: readonly Subject[] = changesOf(comparison.changes, KINDS.nodePool)
    .map(({ subject }) => subject)
    .filter((subject) => 'name' in subject && subject.name === after.name);
  const about = `pool ${after.name}`;
  const found: Foreseen[] = [];
  const say = (risk: Foreseen['risk'], message: string): number =>
    found.push({ risk, about, message, causes, at: after.at });
  const age = (value: typeof now.expireAfter): number => (value === 'never' ? Number.POSITIVE_INFINITY : value);
  if (after.elastic && age(now.expireAfter) < age(old.expireAfter)) {
    const limit = time(Number(now.expireAfter));
    const protection =
      now.terminationGracePeriod === undefined
        ? 'Protected sessions hold their node until they end, but nothing new starts on it'
        : `Protected sessions are ended ${time(now.terminationGracePeriod)} later`;
    const message = `nodes older than ${limit} are drained, whatever runs on them and whatever the budgets say. ${protection}; others are evicted (sessions here: ${everyone}).`;
    say(unprotected.length > 0 || now.terminationGracePeriod !== undefined ? 'disruptive' : 'care', message);
  }
  if (now.terminationGracePeriod !== undefined && old.terminationGracePeriod === undefined) {
    say(
      'disruptive',
      `protection ends: a node that must go ends its sessions after ${time(now.terminationGracePeriod)}, protected or not (sessions here: ${everyone}).`,
    );
  }
  if (now.consolidate !== old.consolidate && now.consolidate === 'when-empty-or-underutilized') {
    const evicted =
      unprotected.length > 0
        ? `Sessions of ${list(unprotected)} may be moved, which ends them`
        : 'All its profiles are protected';
    say(unprotected.length > 0 ? 'disruptive' : 'care', `running pods may be moved to save nodes. ${evicted}.`);
  }
  if (mayBeSpot(after) && !mayBeSpot(before)) {
    const message = `nodes may be spot capacity, which AWS takes back with two minutes of notice, whatever is protected (sessions here: ${everyone}).`;
    say(unprotected.length + protectedOnes.length > 0 ? 'disruptive' : 'care', message);
  }
  const noExecute = after.taints.filter(
    ({ key, effect }) =>
      effect === 'NoExecute' && !before.taints.some((taint) => taint.key === key && taint.effect === effect),
  );
  if (noExecute.length > 0 && !after.elastic) {
    const keys = list(noExecute.map(({ key }) => key));
    say(
      'disruptive',
      `the taint ${keys} ends every pod that does not tolerate it as soon as it is set on the nodes; running sessions (${everyone}) do not.`,
    );
  }
  return found;
}

export const sessionEnd: ConsequenceRule = {
  id: 'session-end',
  title: 'Sessions that end sooner, or are no longer protected',
  upstream:
    'Karpenter 1.14.1 pkg/utils/pod/scheduling.go IsEvictable, designs/forceful-expiration.md, pkg/controllers/disruption/types.go; Kubernetes 1.36 tainteviction',
  foresee: (comparison) => {
    const { before, after } = comparison;
    if (!before.platform || !after.platform) return [];
    const profiles = new Map(before.platform.profiles.map((profile) => [profile.name, profile]));
    const pools = new Map(before.platform.pools.map((pool) => [pool.name, pool]));
    return [
      ...after.platform.profiles.flatMap((profile) => {
        const old = profiles.get(profile.name);
        return old ? compareProfile(old, profile) : [];
      }),
      ...after.platform.pools.flatMap((pool) => {
        const old = pools.get(pool.name);
        return old ? comparePool(comparison, old, pool) : [];
      }),
    ];
  },
};
