import type { Platform } from '../../model/platform.ts';
import type { PodDemand } from '../../model/pod-demand.ts';
import { sessionDemand } from '../../model/pod-demands.ts';
import type { Profile } from '../../model/profile.ts';

/** Something that people start on a pool of their choice: a session of a profile, or a part of a Spark application. */
export interface Starter {
  readonly name: string;
  /** What it is, for people. */
  readonly title: string;
  readonly demand: PodDemand;
  /** Only for session profiles. */
  readonly profile?: Profile;
}

/** Everything that people may start, session profiles in the order of the UI first. */
export function starters({ profiles, spark }: Platform): readonly Starter[] {
  return [
    ...profiles.map((profile) => ({
      name: profile.name,
      title: profile.spec.title,
      demand: sessionDemand(profile),
      profile,
    })),
    ...(spark
      ? [
          { name: 'Spark driver', title: 'One for each Spark application', demand: spark.driver },
          {
            name: 'Spark executor',
            title: `Up to ${spark.choice.executors.max} for each Spark application`,
            demand: spark.executor,
          },
        ]
      : []),
  ];
}
