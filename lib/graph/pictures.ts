import type { Platform } from '../model/platform.ts';
import type { Drawing } from './drawing/drawing.ts';
import { svgFile } from './drawing/svg.ts';
import { dayChart } from './mermaid/day-chart.ts';
import { poolsChart } from './mermaid/pools-chart.ts';
import { prioritiesChart } from './mermaid/priorities-chart.ts';
import { tenantsChart } from './mermaid/tenants-chart.ts';
import { dayScene } from './scenes/day-scene.ts';
import type { PageWidth } from './scenes/page-width.ts';
import { poolsScene } from './scenes/pools-scene.ts';
import { prioritiesScene } from './scenes/priorities-scene.ts';
import { tenantsScene } from './scenes/tenants-scene.ts';

/** What pictures of an environment there are. */
export const VIEWS = ['pools', 'tenants', 'priorities', 'day'] as const;
export type View = (typeof VIEWS)[number];

const PICTURE_FORMATS = ['svg', 'mermaid'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

interface Picture {
  readonly draw: (platform: Platform, size: PageWidth) => Drawing;
  readonly chart: (platform: Platform) => string;
}

const PICTURES: Readonly<Record<View, Picture>> = {
  pools: { draw: poolsScene, chart: poolsChart },
  tenants: { draw: tenantsScene, chart: tenantsChart },
  priorities: { draw: prioritiesScene, chart: prioritiesChart },
  day: { draw: dayScene, chart: dayChart },
};

/** A picture with a place for everything, for pages or for files. */
export function drawView(view: View, platform: Platform, size: PageWidth): Drawing {
  return PICTURES[view].draw(platform, size);
}

/** A picture as the content of a file. */
export function renderView(view: View, platform: Platform, format: PictureFormat): string {
  return format === 'svg' ? svgFile(drawView(view, platform, 'wide')) : PICTURES[view].chart(platform);
}
