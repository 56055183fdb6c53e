import { list } from '../../core/words.ts';
import { sessionDemand } from '../../model/pod-demands.ts';
import { podsPerNode } from '../../model/pods-per-node.ts';
import type { Pool } from '../../model/pool.ts';
import { demandedPod } from '../../scheduling/demanded-pod.ts';
import type { Pod } from '../../scheduling/pod.ts';
import type { Line, Step } from '../explanation.ts';
import { askPool, describeRefusals, describeTakers, type PoolAnswer } from '../placement.ts';
import { followSession } from '../profile/session.ts';
import { placeAt, type Scene } from '../scene.ts';

interface Applicant {
  readonly name: string;
  /** Whether it names the pool. */
  readonly own: boolean;
  readonly answer: PoolAnswer;
  /** Sessions of the profile to a node, the least and the most. */
  readonly perNode?: readonly number[];
}

function applicants(scene: Scene, pool: Pool): readonly Applicant[] {
  const { platform } = scene.bundle;
  const ofSpark: readonly (readonly [string, string, Pod])[] = platform.spark
    ? [
        ['Spark drivers', platform.spark.driver.pool, demandedPod(platform.spark.driver)],
        ['Spark executors', platform.spark.executor.pool, demandedPod(platform.spark.executor)],
      ]
    : [];
  return [
    ...platform.profiles.map((profile): Applicant => {
      const answer = askPool(followSession(scene, profile).pod, pool);
      const takers = pool.nodes.filter(({ type }) => answer.takes.includes(type));
      const perNode = takers.map((node) => podsPerNode(sessionDemand(profile), pool, node));
      return { name: profile.name, own: profile.pool === pool.name, answer, perNode };
    }),
    ...ofSpark.map(([name, of, pod]): Applicant => ({ name, own: of === pool.name, answer: askPool(pod, pool) })),
  ];
}

function describeAccepted({ name, answer, perNode = [] }: Applicant): string {
  const [least, most] = [Math.min(...perNode), Math.max(...perNode)];
  const number = perNode.length === 0 ? '' : `, ${least === most ? least : `${least} to ${most}`} to a node`;
  return `${name}: on ${answer.takes.length > 4 ? list(answer.takes, 4) : describeTakers(answer)}${number}`;
}

/** Session profiles, and Spark, that an empty node of the pool takes, and why it does not take the others. */
export function explainReach(scene: Scene, pool: Pool): Step {
  const all = applicants(scene, pool);
  const accepted = all.filter(({ answer }) => answer.takes.length > 0);
  const refused = all.filter(({ answer }) => answer.takes.length === 0);
  const lost = refused.filter(({ own }) => own);
  const others = refused.filter(({ own }) => !own);
  const byReason = new Map<string, string[]>();
  for (const { name, answer } of others) {
    const reason = describeRefusals(answer);
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  const idle = accepted.length === 0 && pool.spec.role === 'dedicated';
  return {
    id: 'reach',
    verdict: lost.length > 0 ? 'stop' : idle ? 'care' : 'fine',
    summary:
      lost.length > 0
        ? `${list(lost.map(({ name }) => name))} ${lost.length === 1 ? 'names' : 'name'} the pool and ${lost.length === 1 ? 'fits' : 'fit'} none of its nodes`
        : accepted.length === 0
          ? 'no session profile reaches it'
          : `reached by ${list(
              accepted.map(({ name }) => name),
              9,
            )}`,
    lines: [
      ...accepted.map((each): Line => ({ mark: 'yes', text: describeAccepted(each) })),
      ...lost.map(({ name, answer }): Line => ({ mark: 'no', text: `${name}: ${describeRefusals(answer)}` })),
      ...[...byReason].map(([reason, names]): Line => ({ mark: 'no', text: `${list(names, 9)}: ${reason}` })),
    ],
    places: accepted
      .flatMap(({ name }) => scene.bundle.platform.profiles.filter((profile) => profile.name === name))
      .map((profile) => placeAt(scene, [...profile.at, 'pool'])),
    files: [],
    facts: {
      reaches: all.map(({ name, own, answer }) => ({
        name,
        namesIt: own,
        takes: [...answer.takes],
        refusals: answer.refusals.map((each) => ({ ...each })),
      })),
    },
  };
}
