import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PALETTE } from '../../lib/graph/drawing/looks.ts';
import { renderView, VIEWS } from '../../lib/graph/pictures.ts';
import { reportPage } from '../../lib/graph/report/page.ts';
import type { ReportSubject } from '../../lib/graph/report/subject.ts';
import { listEnvironments } from '../../lib/loader/find.ts';
import { loadEnvironment } from '../../lib/loader/load.ts';
import { synthesize } from '../../stacks/synth.ts';
import { crowdedInput } from '../fixtures/crowded-environment.ts';
import { startBrowser } from './browser.ts';

const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280] as const;

const folder = mkdtempSync(join(tmpdir(), 'atelier-report-'));
const visibleMistakes = readFileSync(new URL('./visible-mistakes.js', import.meta.url), 'utf8');
const browser = await startBrowser();
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

function understood(input: unknown): ReportSubject {
  const synthesis = synthesize(input);
  if (synthesis.kind === 'invalid') throw new Error('the environment is invalid');
  return synthesis;
}

/** A page of the browser with a file in it, and everything that the browser complains of or wants to load. */
async function open(opened: Browser, file: string, scheme: (typeof SCHEMES)[number], width: number) {
  const page = await opened.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${String(error)}`));
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) complaints.push(`request: ${request.url()}`);
  });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setViewport({ width, height: 900 });
  await page.goto(pathToFileURL(file).href);
  return { page, complaints };
}

const PAPER = 'getComputedStyle(document.body).backgroundColor';
const visibleText = (page: Page): Promise<string> => page.evaluate('document.body.innerText') as Promise<string>;

const SUBJECTS = [
  ...listEnvironments().map(({ name }) => ({ name, input: async () => (await loadEnvironment(name)).input })),
  { name: 'crowded', input: async () => crowdedInput(120) as unknown },
];

describe.skipIf(browser === undefined).each(SUBJECTS)(
  'the report of $name in a browser (PROVE-4)',
  ({ name, input }) => {
    const file = join(folder, `${name}.html`);
    let subject: ReportSubject;
    beforeAll(async () => {
      subject = understood(await input());
      writeFileSync(file, reportPage(subject, { files: `../dist/${name}` }));
    });

    test.each(SCHEMES.flatMap((scheme) => WIDTHS.map((width) => [scheme, width] as const)))(
      'in %s at %i pixels: nothing sticks out, overlaps or fades, nothing is loaded, every profile and pool is there',
      async (scheme, width) => {
        if (!browser) return;
        const { page, complaints } = await open(browser, file, scheme, width);
        expect(await page.evaluate(visibleMistakes)).toEqual([]);
        expect(complaints).toEqual([]);
        const text = await visibleText(page);
        const { profiles, pools } = subject.bundle.platform;
        for (const each of [...profiles, ...pools]) expect(text).toContain(each.name);
        const paper = await page.evaluate(PAPER);
        const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(PALETTE[scheme].paper.slice(at, at + 2), 16));
        expect(paper).toBe(`rgb(${red}, ${green}, ${blue})`);
        await page.close();
      },
    );

    test('on paper it is light, whatever the reader prefers, and shows the wide pictures', async () => {
      if (!browser) return;
      const { page } = await open(browser, file, 'dark', 360);
      await page.emulateMediaType('print');
      const shown = (look: string): Promise<unknown> =>
        page.evaluate(`document.querySelector('.${look} svg').getClientRects().length`);
      const seen = { paper: await page.evaluate(PAPER), wide: await shown('wide'), narrow: await shown('narrow') };
      expect(seen).toEqual({ paper: 'rgb(255, 255, 255)', wide: 1, narrow: 0 });
      await page.close();
    });
  },
);

describe.skipIf(browser === undefined)('pictures by themselves in a browser (PROVE-4)', () => {
  test.each(VIEWS)('%s is well-formed XML and is drawn as an image', async (view) => {
    if (!browser) return;
    const svg = renderView(view, understood(crowdedInput(60)).bundle.platform, 'svg');
    const page = await browser.newPage();
    const seen = await page.evaluate(`(async (text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      const image = new Image();
      image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
      await image.decode();
      return { error: parsed.querySelector('parsererror')?.textContent ?? '', width: image.naturalWidth };
    })(${JSON.stringify(svg)})`);
    expect(seen).toEqual({ error: '', width: 1120 });
    await page.close();
  });
});
