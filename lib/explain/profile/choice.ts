import { CHARTS } from '../../catalog/charts.ts';
import { placementToken } from '../../workbench/placement-token.ts';
import type { Step } from '../explanation.ts';
import { placeAt, releaseFiles } from '../scene.ts';
import { detail, line } from '../words.ts';
import type { Session } from './session.ts';

/** What choosing the profile in the UI tells the launcher: limits, and placement constraints. */
export function explainChoice({ scene, platform, profile }: Session): Step {
  const { name, spec, selectors, marker } = profile;
  const position = platform.profiles.indexOf(profile) + 1;
  const selecting = selectors.map(placementToken);
  return {
    id: 'choice',
    verdict: 'fine',
    summary: `brings ${selecting.join(' and ')}, the node selector`,
    lines: [
      line(`and ${placementToken(marker)}, which the job template alone reads`),
      detail(
        `choice ${position} of ${platform.profiles.length} in the UI, section [${name}] of launcher.kubernetes.resources.conf`,
      ),
    ],
    places: [placeAt(scene, [...profile.at, 'pool'])],
    files: releaseFiles(scene, CHARTS.rstudioWorkbench.name),
    facts: {
      position,
      of: platform.profiles.length,
      title: spec.title,
      selectors: selecting,
      marker: placementToken(marker),
    },
  };
}
