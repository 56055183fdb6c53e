import type { Pool } from '../../model/pool.ts';
import type { Consequence, ConsequenceRule } from '../consequence.ts';
import { sessionsOn } from '../sessions.ts';
import type { Subject } from '../subject.ts';
import { count, list } from '../words.ts';

type Foreseen = Omit<Consequence, 'rule'>;

function compareSize(before: Pool, after: Pool, causes: readonly Subject[]): readonly Foreseen[] {
  const about = `pool ${after.name}`;
  const found: Foreseen[] = [];
  if (after.max < before.max) {
    const message = `may have at most ${count(after.max, 'node')} instead of ${before.max}. Nodes that run stay; what does not fit waits.`;
    found.push({ risk: 'care', about, message, causes, at: after.at });
  }
  if (after.max > before.max) {
    const message = `may grow to ${count(after.max, 'node')} instead of ${before.max}; the cost at full load is below.`;
    found.push({ risk: 'safe', about, message, causes, at: after.at });
  }
  if (after.min > before.min) {
    const message = `keeps at least ${count(after.min, 'node')} instead of ${before.min}, used or not.`;
    found.push({ risk: 'care', about, message, causes, at: after.at });
  }
  return found;
}

export const poolSize: ConsequenceRule = {
  id: 'pool-size',
  title: 'Pools that appear, go, grow or shrink',
  upstream:
    'Karpenter 1.14.1 pkg/controllers/nodepool, owner references of NodeClaims; cluster-autoscaler 1.36 node group sizes',
  foresee: ({ before, after, changes }) => {
    if (!before.platform || !after.platform) return [];
    const earlier = new Map(before.platform.pools.map((pool) => [pool.name, pool]));
    const later = new Map(after.platform.pools.map((pool) => [pool.name, pool]));
    const causesOf = (name: string): readonly Subject[] =>
      changes
        .map(({ subject }) => subject)
        .filter(
          (subject) =>
            'name' in subject &&
            (subject.name === name || (subject.type === 'cloud' && subject.name.startsWith(`${name}-`))) &&
            (subject.type === 'cloud' || (subject.type === 'object' && subject.kind === 'NodePool')),
        );
    const gone = [...earlier.values()].filter(({ name }) => !later.has(name));
    return [
      ...gone.map((pool): Foreseen => {
        const { protectedOnes, unprotected } = sessionsOn(before, pool.name);
        const sessions = [...unprotected, ...protectedOnes];
        const ended =
          sessions.length === 0
            ? 'No session profile runs on it.'
            : `Running sessions of ${list(sessions)} are drained: protected ones hold their node until they end, others are evicted.`;
        const nodes = pool.elastic ? `its nodes (at most ${pool.max}) are removed` : 'its nodes are no longer used';
        return {
          risk: sessions.length > 0 ? 'disruptive' : 'care',
          about: `pool ${pool.name}`,
          message: `is no longer there: ${nodes}. ${ended}`,
          causes: causesOf(pool.name),
        };
      }),
      ...[...later.values()].flatMap((pool) => {
        const old = earlier.get(pool.name);
        if (old) return compareSize(old, pool, causesOf(pool.name));
        const message = `is new: ${pool.elastic ? `${pool.min} to ${count(pool.max, 'node')}` : count(pool.max, 'node')} of ${list(pool.nodes.map(({ type }) => type))}.`;
        return [
          { risk: 'safe' as const, about: `pool ${pool.name}`, message, causes: causesOf(pool.name), at: pool.at },
        ];
      }),
    ];
  },
};
