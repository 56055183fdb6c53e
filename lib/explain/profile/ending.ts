import { CHARTS } from '../../catalog/charts.ts';
import { formatGoDuration } from '../../core/duration.ts';
import { asJsonObject } from '../../core/json.ts';
import type { Editor } from '../../model/workbench.ts';
import { sectionMinutes } from '../../workbench/editor-conf.ts';
import { accessSectionName } from '../../workbench/profiles-conf.ts';
import { accessOf } from '../audience.ts';
import { disruptionOf } from '../disruption.ts';
import type { Step } from '../explanation.ts';
import { takesSpot } from '../launch.ts';
import { placeAt, releaseFiles } from '../scene.ts';
import { detail, line } from '../words.ts';
import type { Session } from './session.ts';

const EDITOR_NAMES: Readonly<Record<Editor, string>> = {
  rstudio: 'RStudio',
  jupyter: 'Jupyter',
  vscode: 'VS Code',
  positron: 'Positron',
};

/** Seconds of idling in each editor; RStudio's for the audience, whose section may offer a profile that allows less. */
function idleSeconds({ platform, profile, audience }: Session): Readonly<Record<Editor, number>> {
  const section = audience && accessOf(platform, audience).section;
  return section ? { ...profile.idle, rstudio: sectionMinutes(platform, section) * 60 } : profile.idle;
}

/** Sections that offer the profile and let RStudio idle for less, because of another profile they offer. */
function shorterFor({ platform, profile }: Session): readonly (readonly [section: string, seconds: number])[] {
  return platform.access.flatMap((section) => {
    const seconds = sectionMinutes(platform, section) * 60;
    return section.profiles.includes(profile.name) && seconds < profile.idle.rstudio
      ? [[accessSectionName(section), seconds] as const]
      : [];
  });
}

function describeIdle(idle: Readonly<Record<Editor, number>>): string {
  const editors = Object.keys(EDITOR_NAMES) as Editor[];
  return editors.map((editor) => `${EDITOR_NAMES[editor]} ${formatGoDuration(idle[editor])}`).join(', ');
}

/** How the session ends, and what becomes of its node; what may end it before. */
export function explainEnding(session: Session): Step {
  const { scene, platform, profile, pool, job, audience } = session;
  const idle = idleSeconds(session);
  const deadline = job.spec.activeDeadlineSeconds;
  const lifetime = deadline === undefined ? 'no longest life' : `${formatGoDuration(deadline)} at most`;
  const disruption = disruptionOf(platform, pool, profile.spec.protected);
  const section = audience && accessOf(platform, audience).section;
  const shortened = section && idle.rstudio < profile.idle.rstudio;
  return {
    id: 'ending',
    verdict: takesSpot(pool) && !profile.spec.interruptible ? 'care' : 'fine',
    summary: `ends when idle (${describeIdle(idle)}), ${lifetime}`,
    lines: [
      ...(shortened
        ? [line(`RStudio: the least of all profiles that section [${accessSectionName(section)}] offers`)]
        : []),
      ...(audience
        ? []
        : shorterFor(session).map(([section, seconds]) =>
            detail(`RStudio ${formatGoDuration(seconds)} for [${section}], which is offered a profile with less`),
          )),
      line(disruption.idle),
      line(disruption.spot),
      line(disruption.consolidation),
      line(`changes: ${disruption.drift}`),
      detail(disruption.expiry),
      detail(
        `a finished Job stays ${formatGoDuration(platform.environment.workbench.sessionTtlAfterFinished)} to be looked at`,
      ),
    ],
    places: [
      placeAt(scene, ['workbench', 'timeouts']),
      placeAt(scene, [...profile.at, deadline === undefined ? 'idleTimeout' : 'maxLifetime']),
      placeAt(scene, [...pool.at, 'disruption']),
    ],
    files: releaseFiles(scene, CHARTS.rstudioWorkbench.name),
    facts: {
      idleSeconds: idle,
      ...(deadline === undefined ? {} : { maxLifetimeSeconds: deadline }),
      protected: profile.spec.protected,
      interruptible: profile.spec.interruptible,
      disruption: asJsonObject(disruption),
    },
  };
}
