import type { Accent } from '../drawing/looks.ts';
import { type Content, element, type Markup } from '../drawing/xml.ts';

/** A word on its colour. */
export function mark(accent: Accent, text: string): Markup {
  return element('span', { class: `mark ${accent}` }, text);
}

/** A name with more about it below. */
export function named(name: string, ...more: readonly Content[]): Content {
  return [name, more.map((text) => element('span', { class: 'sub' }, text))];
}
