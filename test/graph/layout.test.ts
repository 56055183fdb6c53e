import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  allShapes,
  type Box,
  type Drawing,
  type Line,
  type Shape,
  type Text,
} from '../../lib/graph/drawing/drawing.ts';
import { PALETTE, TEXT_LOOKS } from '../../lib/graph/drawing/looks.ts';
import { textWidth } from '../../lib/graph/drawing/text-width.ts';
import { drawView, VIEWS } from '../../lib/graph/pictures.ts';
import { listEnvironments } from '../../lib/loader/find.ts';
import { loadEnvironment } from '../../lib/loader/load.ts';
import type { Platform } from '../../lib/model/platform.ts';
import { synthesize } from '../../stacks/synth.ts';
import { crowdedInput } from '../fixtures/crowded-environment.ts';
import { platformOf } from '../fixtures/environment.ts';
import { randomEnvironment } from '../fixtures/random-environment.ts';

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const frameOfBox = ({ x, y, width, height }: Box): Frame => ({ left: x, right: x + width, top: y, bottom: y + height });

function frameOfText({ x, y, text, look, anchor }: Text): Frame {
  const width = textWidth(text, TEXT_LOOKS[look]);
  const left = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
  const { size } = TEXT_LOOKS[look];
  return { left, right: left + width, top: y - size * 0.76, bottom: y + size * 0.24 };
}

const overlap = (a: Frame, b: Frame, slack = 0.5): boolean =>
  a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack;
const within = (inner: Frame, outer: Frame, slack = 0.6): boolean =>
  inner.left >= outer.left - slack &&
  inner.right <= outer.right + slack &&
  inner.top >= outer.top - slack &&
  inner.bottom <= outer.bottom + slack;

const texts = (shapes: readonly Shape[]): readonly Text[] => shapes.filter((shape) => shape.kind === 'text');
const boxes = (shapes: readonly Shape[]): readonly Box[] => shapes.filter((shape) => shape.kind === 'box');

function segmentFrames({ points }: Line): readonly Frame[] {
  return points.slice(1).flatMap(([x, y], index) => {
    const [fromX, fromY] = points[index] ?? [x, y];
    return { left: Math.min(x, fromX), right: Math.max(x, fromX), top: Math.min(y, fromY), bottom: Math.max(y, fromY) };
  });
}

/** Everything that is wrong with where things are. */
function mistakes({ width, height, shapes }: Drawing): readonly string[] {
  const all = allShapes(shapes);
  const page = { left: 0, right: width, top: 0, bottom: height };
  const found: string[] = [];
  const frames = texts(all).map((text) => ({ text, frame: frameOfText(text) }));
  const ordered = [...frames].sort((a, b) => a.frame.top - b.frame.top);
  ordered.forEach(({ text, frame }, index) => {
    if (!within(frame, page)) found.push(`text leaves the page: ${text.text}`);
    for (const other of ordered.slice(index + 1)) {
      if (other.frame.top > frame.bottom) break;
      if (overlap(frame, other.frame, 1)) found.push(`texts overlap: ${text.text} | ${other.text.text}`);
    }
  });
  for (const box of boxes(all)) {
    const frame = frameOfBox(box);
    if (!within(frame, page)) found.push(`box ${box.look} leaves the page`);
    for (const text of texts(box.content ?? [])) {
      if (!within(frameOfText(text), frame)) found.push(`text leaves its ${box.look}: ${text.text}`);
    }
    for (const inner of boxes(box.content ?? [])) {
      if (!within(frameOfBox(inner), frame)) found.push(`${inner.look} leaves its ${box.look}`);
    }
  }
  const cards = boxes(all).filter(({ look }) => look === 'card' || look === 'badCard');
  cards.forEach((card, index) => {
    for (const other of cards.slice(index + 1)) {
      if (overlap(frameOfBox(card), frameOfBox(other))) found.push('cards overlap');
    }
  });
  for (const line of all.filter((shape) => shape.kind === 'line')) {
    for (const segment of segmentFrames(line)) {
      const near = {
        left: segment.left - 0.6,
        right: segment.right + 0.6,
        top: segment.top - 0.6,
        bottom: segment.bottom + 0.6,
      };
      if (!within(segment, page)) found.push(`line ${line.look} leaves the page`);
      for (const { text, frame } of frames) {
        if (overlap(near, frame, 0)) found.push(`line ${line.look} crosses: ${text.text}`);
      }
      for (const card of cards)
        if (overlap(segment, frameOfBox(card), 1)) found.push(`line ${line.look} crosses a card`);
    }
  }
  return found;
}

async function environmentPlatform(name: string): Promise<Platform> {
  const synthesis = synthesize((await loadEnvironment(name)).input);
  if (synthesis.kind === 'invalid') throw new Error(`${name} is invalid`);
  return synthesis.bundle.platform;
}

const SIZES = ['wide', 'narrow'] as const;
const EVERY = VIEWS.flatMap((view) => SIZES.map((size) => [view, size] as const));

describe.each(listEnvironments())('pictures of $name (PROVE-4)', ({ name }) => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await environmentPlatform(name);
  });

  test.each(EVERY)('%s, %s: nothing overlaps, leaves its box, or is crossed by a line', (view, size) => {
    expect(mistakes(drawView(view, platform, size))).toEqual([]);
  });
});

describe('pictures of a crowded environment (PROVE-4)', () => {
  const platform = platformOf(crowdedInput());

  test.each(EVERY)('%s, %s: nothing overlaps, and long lists are folded', (view, size) => {
    const drawing = drawView(view, platform, size);
    expect(mistakes(drawing)).toEqual([]);
    expect(drawing.height).toBeLessThan(40_000);
  });

  test('WHEN texts are cut THEN the whole is kept for who points at it', () => {
    const cut = texts(allShapes(drawView('tenants', platform, 'narrow').shapes)).filter(({ text }) =>
      text.endsWith('…'),
    );
    expect(cut.length).toBeGreaterThan(0);
    expect(cut.every(({ full, text }) => (full?.length ?? 0) > text.length)).toBe(true);
  });
});

describe('pictures of random environments (PROVE-4)', () => {
  test.each(EVERY)('%s, %s', (view, size) => {
    fc.assert(
      fc.property(randomEnvironment, (input) => {
        const synthesis = synthesize(input);
        if (synthesis.kind === 'invalid') return;
        expect(mistakes(drawView(view, synthesis.bundle.platform, size))).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });
});

/** Relative luminance and contrast of WCAG 2.2. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('colours of the %s scheme', (scheme) => {
  const colours = PALETTE[scheme];
  const accents = ['cpu', 'gpu', 'system', 'warm', 'reserved', 'calm', 'bad'] as const;

  test('every text has the contrast of WCAG AA on page and card, and accents on their own soft colour', () => {
    for (const text of ['ink', 'muted', ...accents] as const) {
      expect(contrast(colours[text], colours.paper), `${text} on paper`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colours[text], colours.card), `${text} on card`).toBeGreaterThanOrEqual(4.5);
    }
    for (const accent of accents) {
      expect(contrast(colours[accent], colours[`${accent}Soft`]), accent).toBeGreaterThanOrEqual(4.5);
    }
  });
});
