import { list } from '../../core/words.ts';
import type { Platform } from '../../model/platform.ts';
import { ladder, type Rung } from '../views/ladder.ts';
import { chartHead, mermaidLabel } from './text.ts';

function rungLabel({ step, starters, holders }: Rung): string {
  return mermaidLabel(
    `${step.name} (${step.value.toLocaleString('en-US')}${step.default ? ', default' : ''})`,
    ...(starters.length > 0 ? [`runs ${list(starters, 8)}`] : []),
    ...holders.slice(0, 4).map((holder) => `holds ${holder}`),
    ...(holders.length > 4 ? [`and ${holders.length - 4} more`] : []),
  );
}

/** Priority classes as a flowchart, highest first; broken arrows lead from who may displace to the lowest. */
export function prioritiesChart(platform: Platform): string {
  const rungs = ladder(platform);
  const lines = [...chartHead('flowchart TB', `Who is served first in ${platform.environment.name}`)];
  rungs.forEach((rung, index) => {
    lines.push(`  class${index}[${rungLabel(rung)}]`);
    if (index > 0) lines.push(`  class${index - 1} --- class${index}`);
  });
  rungs.forEach(({ displaces }, index) => {
    if (displaces) lines.push(`  class${index} -. displaces all below .-> class${rungs.length - 1}`);
  });
  return `${lines.join('\n')}\n`;
}
