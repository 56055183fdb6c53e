import type { Profile } from '../../model/profile.ts';
import type { Consequence, ConsequenceRule } from '../consequence.ts';
import { list } from '../words.ts';

type Foreseen = Omit<Consequence, 'rule'>;

function offeredTo({ spec }: Profile): readonly string[] {
  if (spec.offeredTo === 'everyone') return ['everyone'];
  const { groups, users } = spec.offeredTo;
  return [...groups.map((group) => `group ${group}`), ...users.map((user) => `user ${user}`)];
}

function compareOffer(before: Profile, after: Profile): readonly Foreseen[] {
  const [old, now] = [offeredTo(before), offeredTo(after)];
  const lost = now.includes('everyone') ? [] : old.filter((who) => !now.includes(who));
  const gained = old.includes('everyone') ? [] : now.filter((who) => !old.includes(who));
  const about = `profile ${after.name}`;
  const found: Foreseen[] = [];
  if (lost.length > 0) {
    const message = `is no longer offered to ${list(lost)}, unless another group of theirs has it. Running sessions go on.`;
    found.push({ risk: 'care', about, message, causes: [], at: after.at });
  }
  if (gained.length > 0)
    found.push({ risk: 'care', about, message: `is now offered to ${list(gained)} too.`, causes: [], at: after.at });
  if (before.pool !== after.pool) {
    const message = `starts new sessions on pool "${after.pool}" instead of "${before.pool}". Running ones stay where they are.`;
    found.push({ risk: 'care', about, message, causes: [], at: after.at });
  }
  return found;
}

export const profileOffer: ConsequenceRule = {
  id: 'profile-offer',
  title: 'Who is offered which session profile, and where it runs',
  upstream: 'Posit Workbench 2026.08 launcher.kubernetes.profiles.conf, launcher.kubernetes.resources.conf',
  foresee: ({ before, after }) => {
    if (!before.platform || !after.platform) return [];
    const earlier = new Map(before.platform.profiles.map((profile) => [profile.name, profile]));
    const later = new Set(after.platform.profiles.map(({ name }) => name));
    const removed = [...earlier.values()].filter(({ name }) => !later.has(name));
    return [
      ...removed.map((profile): Foreseen => {
        const message = `is no longer offered (${list(offeredTo(profile))} had it). Running sessions go on; jobs and bookmarks that name it fail.`;
        return { risk: 'disruptive', about: `profile ${profile.name}`, message, causes: [] };
      }),
      ...after.platform.profiles.flatMap((profile) => {
        const old = earlier.get(profile.name);
        if (old) return compareOffer(old, profile);
        const message = `is new, on pool "${profile.pool}", for ${list(offeredTo(profile))}.`;
        return [{ risk: 'safe' as const, about: `profile ${profile.name}`, message, causes: [], at: profile.at }];
      }),
    ];
  },
};
