import { asJsonObject } from '../../core/json.ts';
import { describeBytes } from '../../core/quantity.ts';
import { list } from '../../core/words.ts';
import type { Line, Step } from '../explanation.ts';
import { askPool, describeRefusals, describeTakers, type PoolAnswer } from '../placement.ts';
import { placeAt } from '../scene.ts';
import { cores } from '../words.ts';
import type { Session } from './session.ts';

/** Pools that refuse for the same kind of reason, told in one line; who wants all of it gets each by itself. */
function refusalLines(answers: readonly PoolAnswer[], own: string): readonly Line[] {
  const others = answers.filter(({ pool, takes }) => takes.length === 0 && pool.name !== own);
  const byKind = new Map<string, string[]>();
  for (const { pool, refusals } of others) {
    const kind = [...new Set(refusals.map(({ scheduler }) => scheduler))].join('; ') || 'can have no node';
    byKind.set(kind, [...(byKind.get(kind) ?? []), pool.name]);
  }
  return [
    ...[...byKind].map(([kind, names]): Line => ({ mark: 'no', text: `${list(names, 9)}: ${kind}` })),
    ...others.map(
      (answer): Line => ({
        mark: 'no',
        text: `${answer.pool.name}: ${describeRefusals(answer)}`,
        detail: true,
      }),
    ),
  ];
}

function ownLines(answer: PoolAnswer): readonly Line[] {
  const { pool, takes, refusals } = answer;
  return [
    ...(takes.length > 0 ? [{ mark: 'yes' as const, text: `${pool.name}: ${describeTakers(answer)}` }] : []),
    ...(refusals.length > 0 ? [{ mark: 'no' as const, text: `${pool.name}: ${describeRefusals(answer)}` }] : []),
  ];
}

/** Which pools an empty node of would take the pod, and the first reason of the scheduler where none would. */
export function explainPools({ scene, platform, profile, pool, pod }: Session): Step {
  const answers = platform.pools.map((each) => askPool(pod, each));
  const taking = answers.filter(({ takes }) => takes.length > 0);
  const own = answers.find((answer) => answer.pool === pool);
  const strays = taking.filter((answer) => answer.pool !== pool).map((answer) => answer.pool.name);
  const { millicpu, memoryBytes } = pool.overhead;
  const overhead = `${cores(millicpu)} CPU and ${describeBytes(memoryBytes)} of DaemonSets counted`;
  const fits = (own?.takes.length ?? 0) > 0 && pool.max > 0;
  const where = `pool ${pool.name}${strays.length > 0 ? ` and also ${list(strays)}` : ' and no other'}`;
  return {
    id: 'pools',
    verdict: !fits ? 'stop' : strays.length > 0 ? 'care' : 'fine',
    summary: fits
      ? `an empty node of ${where} takes it, ${overhead}`
      : `no node of pool ${pool.name} takes it, ${overhead}: it stays Pending`,
    lines: [
      ...(own ? ownLines(own) : []),
      ...taking
        .filter((answer) => answer.pool !== pool)
        .map(
          (answer): Line => ({
            mark: 'yes',
            text: `${answer.pool.name}: ${describeTakers(answer)}`,
          }),
        ),
      ...refusalLines(answers, pool.name),
    ],
    places: [placeAt(scene, profile.at), placeAt(scene, pool.at)],
    files: [],
    facts: {
      fits,
      pools: answers.map(({ pool: { name }, takes, refusals }) => ({
        pool: name,
        takes: [...takes],
        refusals: refusals.map(asJsonObject),
      })),
      daemonSets: { millicpu, memoryBytes, names: [...pool.overhead.daemons] },
    },
  };
}
