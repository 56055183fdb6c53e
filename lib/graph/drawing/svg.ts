import type { Box, Drawing, Line, Shape, Text } from './drawing.ts';
import { BOX_LOOKS } from './looks.ts';
import { PICTURE_RULES, schemeRules } from './stylesheet.ts';
import { type Content, element, emptyElement, type Markup } from './xml.ts';

const CORNER = 8;
const HEAD = { length: 9, half: 4.5 };

const round = (value: number): number => Math.round(value * 10) / 10;
const point = (x: number, y: number): string => `${round(x)} ${round(y)}`;

function textElement({ x, y, text, look, anchor, full }: Text): Markup {
  const title = full === undefined ? [] : [element('title', {}, full)];
  const place = { x: round(x), y: round(y), class: `t-${look}` };
  return element('text', { ...place, ...(anchor ? { 'text-anchor': anchor } : {}) }, text, title);
}

function boxElement({ x, y, width, height, look, label, content = [] }: Box): readonly Markup[] {
  const { radius } = BOX_LOOKS[look];
  const rectangle = emptyElement('rect', {
    x: round(x),
    y: round(y),
    width: round(width),
    height: round(height),
    ...(radius > 0 ? { rx: Math.min(radius, round(height / 2)) } : {}),
    class: `b-${look}`,
  });
  const inside = content.flatMap(shapeElement);
  if (label === undefined) return [rectangle, ...inside];
  return [element('g', {}, element('title', {}, label), '\n', joined([rectangle, ...inside]), '\n')];
}

/** A corner of a line: straight until shortly before it, then round. */
function corner(
  [fromX, fromY]: readonly [number, number],
  [x, y]: readonly [number, number],
  [toX, toY]: readonly [number, number],
): string {
  const before = Math.min(CORNER, Math.hypot(x - fromX, y - fromY) / 2);
  const after = Math.min(CORNER, Math.hypot(toX - x, toY - y) / 2);
  const enter = point(x - Math.sign(x - fromX) * before, y - Math.sign(y - fromY) * before);
  const leave = point(x + Math.sign(toX - x) * after, y + Math.sign(toY - y) * after);
  return `L${enter}Q${point(x, y)} ${leave}`;
}

/** Points on one straight line are no corners, and none is there twice. */
function corners(points: Line['points']): Line['points'] {
  const apart = points.filter(([x, y], index) => {
    const previous = points[index - 1];
    return !previous || previous[0] !== x || previous[1] !== y;
  });
  return apart.filter(([x, y], index) => {
    const [previous, next] = [apart[index - 1], apart[index + 1]];
    if (!previous || !next) return true;
    return !((previous[0] === x && next[0] === x) || (previous[1] === y && next[1] === y));
  });
}

function lineElement({ points, look, arrow }: Line): readonly Markup[] {
  const through = corners(points);
  const [start, last, beforeLast] = [through[0], through.at(-1), through.at(-2)];
  if (!start || !last || !beforeLast) return [];
  const [x, y] = last;
  const along = [Math.sign(x - beforeLast[0]), Math.sign(y - beforeLast[1])] as const;
  const back = arrow ? HEAD.length : 0;
  const middle = through.slice(1, -1).map((each, index) => {
    const [from, to] = [through[index] ?? each, through[index + 2] ?? each];
    return corner(from, each, to);
  });
  const path = `M${point(...start)}${middle.join('')}L${point(x - along[0] * back, y - along[1] * back)}`;
  const line = emptyElement('path', { d: path, class: `l-${look}` });
  if (!arrow) return [line];
  const base = [x - along[0] * HEAD.length, y - along[1] * HEAD.length] as const;
  const left = point(base[0] - along[1] * HEAD.half, base[1] + along[0] * HEAD.half);
  const right = point(base[0] + along[1] * HEAD.half, base[1] - along[0] * HEAD.half);
  return [line, emptyElement('path', { d: `M${point(x, y)}L${left}L${right}Z`, class: `a-${look}` })];
}

function shapeElement(shape: Shape): readonly Markup[] {
  switch (shape.kind) {
    case 'text':
      return [textElement(shape)];
    case 'box':
      return boxElement(shape);
    case 'line':
      return lineElement(shape);
  }
}

/** One element a line, so that a diff of two pictures reads well. */
function joined(elements: readonly Markup[]): Content {
  return elements.flatMap((each, index) => (index === 0 ? [each] : ['\n', each]));
}

function svgElement(drawing: Drawing, id: string, attributes: Readonly<Record<string, string>>, head: Content): Markup {
  const { width, height, title, description, shapes } = drawing;
  return element(
    'svg',
    {
      ...attributes,
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      width: round(width),
      height: round(height),
      class: 'picture',
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
    },
    '\n',
    element('title', { id: `${id}-title` }, title),
    '\n',
    element('desc', { id: `${id}-description` }, description),
    '\n',
    head,
    joined([...boxElement({ kind: 'box', x: 0, y: 0, width, height, look: 'paper' }), ...shapes.flatMap(shapeElement)]),
    '\n',
  );
}

/** The picture as an SVG file of its own: no script, no font, nothing from elsewhere. */
export function svgFile(drawing: Drawing): string {
  const rules = [...schemeRules('svg.picture'), ...PICTURE_RULES].join('\n');
  const style = { markup: `<style>\n${rules}\n</style>\n` };
  return `${svgElement(drawing, drawing.name, { xmlns: 'http://www.w3.org/2000/svg' }, style).markup}\n`;
}

/** The picture as a part of a page that has {@link PICTURE_RULES}; `id` is unique there. */
export function inlineSvg(drawing: Drawing, id: string): Markup {
  return svgElement(drawing, id, {}, []);
}
