import { CHARTS } from '../../catalog/charts.ts';
import { placementToken } from '../../workbench/placement-token.ts';
import type { Step } from '../explanation.ts';
import { placeAt, releaseFiles } from '../scene.ts';
import { line } from '../words.ts';
import type { Session } from './session.ts';

/** What choosing the profile in the UI tells the launcher: limits, and placement constraints. */
export function explainChoice({ scene, platform, profile }: Session): Step {
  const { name, spec, selectors, marker } = profile;
  const position = platform.profiles.indexOf(profile) + 1;
  const selecting = selectors.map(placementToken);
  return {
    id: 'choice',
    verdict: 'fine',
    summary: `choice ${position} of ${platform.profiles.length}, section [${name}]; it brings ${selecting.length + 1} placement constraints`,
    lines: [
      line(`${selecting.join(', ')}: becomes the node selector`),
      line(`${placementToken(marker)}: read by the job template alone`),
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
