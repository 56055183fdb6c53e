import { BOX_LOOKS, type Colour, FONT_FAMILY, LINE_LOOKS, PALETTE, TEXT_LOOKS } from './looks.ts';

function variables(scheme: Readonly<Record<Colour, string>>): string {
  return Object.entries(scheme)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
}

const of = (colour: Colour): string => `var(--${colour})`;
const dashes = (look: object): string => ('dashed' in look ? ';stroke-dasharray:5 4' : '');

/** Colours as CSS variables of an element: light, and dark where the reader prefers that; print is light. */
export function schemeRules(selector: string): readonly string[] {
  return [
    `${selector}{${variables(PALETTE.light)};color-scheme:light dark}`,
    `@media screen and (prefers-color-scheme:dark){${selector}{${variables(PALETTE.dark)}}}`,
  ];
}

/** Rules for everything in pictures, by class. */
export const PICTURE_RULES: readonly string[] = [
  `.picture text{font-family:${FONT_FAMILY};white-space:pre}`,
  ...Object.entries(TEXT_LOOKS).map(
    ([name, { size, bold, colour }]) =>
      `.t-${name}{font-size:${size}px;font-weight:${bold ? 700 : 400};fill:${of(colour)}}`,
  ),
  ...Object.entries(BOX_LOOKS).map(
    ([name, look]) =>
      `.b-${name}{fill:${of(look.fill)}${'stroke' in look ? `;stroke:${of(look.stroke)}` : ''}${dashes(look)}}`,
  ),
  ...Object.entries(LINE_LOOKS).map(
    ([name, look]) => `.l-${name}{fill:none;stroke:${of(look.stroke)};stroke-width:${look.width}px${dashes(look)}}`,
  ),
  ...Object.entries(LINE_LOOKS).map(([name, { stroke }]) => `.a-${name}{fill:${of(stroke)}}`),
];
