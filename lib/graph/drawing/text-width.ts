/**
 * Widths of the printable ASCII characters in thousandths of the font size, from space on, in DejaVu Sans and DejaVu Sans
 * Bold 2.37 (hmtx tables). It is the widest of the usual sans-serif fonts, so what fits with it fits with Helvetica, Arial
 * and Segoe UI too, and the same picture comes out on every machine.
 */
const REGULAR = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
  636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
  748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
  615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
  337, 636, 838,
];
const BOLD = [
  348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696,
  696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995,
  837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716,
  678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712,
  365, 712, 838,
];

/** Size in pixels, and weight. */
export interface Font {
  readonly size: number;
  readonly bold: boolean;
}

/** What no table has: narrow enough for Latin and Greek with accents, wide enough for nearly everything else. */
function foreignWidth(character: string): number {
  if (/\p{Mark}/u.test(character)) return 0;
  if (/[–·•]/.test(character)) return 600;
  if (/[\u00c0-\u024f\u0370-\u03ff]/.test(character)) return 900;
  return 1150;
}

function characterWidth(character: string, bold: boolean): number {
  const code = character.codePointAt(0) ?? 0;
  return (bold ? BOLD : REGULAR)[code - 32] ?? foreignWidth(character);
}

/** Pixels that the text takes at most; a little more in fonts that are narrower than DejaVu Sans. */
export function textWidth(text: string, { size, bold }: Font): number {
  let width = 0;
  for (const character of text) width += characterWidth(character, bold);
  return (width * size) / 1000;
}
