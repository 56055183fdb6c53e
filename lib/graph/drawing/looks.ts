import type { Font } from './text-width.ts';

/** Colours of both schemes, by what they say; every text stands on `paper`, `card` or the soft colour of its own name. */
export const PALETTE = {
  light: {
    paper: '#ffffff',
    card: '#f6f7f9',
    ink: '#1b2330',
    muted: '#525d6d',
    rule: '#d3d9e1',
    track: '#e3e7ed',
    cpu: '#0b6285',
    cpuSoft: '#e0f1f8',
    gpu: '#6236b5',
    gpuSoft: '#efe9fb',
    system: '#525d6d',
    systemSoft: '#e9ecf0',
    warm: '#8a4b00',
    warmSoft: '#fdeccb',
    reserved: '#17663f',
    reservedSoft: '#dbf2e4',
    calm: '#34537d',
    calmSoft: '#e1eaf6',
    bad: '#a8200d',
    badSoft: '#fde6e3',
  },
  dark: {
    paper: '#11161d',
    card: '#1a212b',
    ink: '#e8ecf1',
    muted: '#a9b3c1',
    rule: '#36404e',
    track: '#2a3340',
    cpu: '#6cc6e8',
    cpuSoft: '#10303d',
    gpu: '#bfa8ff',
    gpuSoft: '#2a1f4a',
    system: '#a9b3c1',
    systemSoft: '#2a323d',
    warm: '#f3bd66',
    warmSoft: '#38290d',
    reserved: '#7bd3a2',
    reservedSoft: '#113222',
    calm: '#9dbdec',
    calmSoft: '#1c2c44',
    bad: '#ff9d92',
    badSoft: '#431a15',
  },
} as const;
export type Colour = keyof (typeof PALETTE)['light'];

/** Helvetica and what is as wide, then whatever the machine has. */
export const FONT_FAMILY = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif';

/** What a text is for, and so how it looks. */
export const TEXT_LOOKS = {
  title: { size: 20, bold: true, colour: 'ink' },
  subtitle: { size: 13, bold: false, colour: 'muted' },
  heading: { size: 13, bold: true, colour: 'muted' },
  name: { size: 14, bold: true, colour: 'ink' },
  strong: { size: 12, bold: true, colour: 'ink' },
  body: { size: 12, bold: false, colour: 'ink' },
  note: { size: 12, bold: false, colour: 'muted' },
  tick: { size: 11, bold: false, colour: 'muted' },
  over: { size: 11, bold: true, colour: 'warm' },
  cpu: { size: 12, bold: true, colour: 'cpu' },
  gpu: { size: 12, bold: true, colour: 'gpu' },
  system: { size: 12, bold: true, colour: 'system' },
  warm: { size: 12, bold: true, colour: 'warm' },
  reserved: { size: 12, bold: true, colour: 'reserved' },
  calm: { size: 12, bold: true, colour: 'calm' },
  bad: { size: 12, bold: true, colour: 'bad' },
} as const satisfies Readonly<Record<string, Font & { readonly colour: Colour }>>;
export type TextLook = keyof typeof TEXT_LOOKS;

/** Kinds of things that a colour, together with a word, stands for. */
export type Accent = 'cpu' | 'gpu' | 'system' | 'warm' | 'reserved' | 'calm' | 'bad';

/** How a box looks: `fill`, `stroke` and the radius of its corners. */
export const BOX_LOOKS = {
  paper: { fill: 'paper', radius: 0 },
  card: { fill: 'card', stroke: 'rule', radius: 8 },
  badCard: { fill: 'card', stroke: 'bad', radius: 8 },
  rule: { fill: 'rule', radius: 0 },
  track: { fill: 'track', radius: 3 },
  cpu: { fill: 'cpu', radius: 2 },
  gpu: { fill: 'gpu', radius: 2 },
  system: { fill: 'system', radius: 2 },
  bad: { fill: 'bad', radius: 2 },
  warm: { fill: 'warm', radius: 2 },
  reserved: { fill: 'reserved', radius: 2 },
  calm: { fill: 'calm', radius: 2 },
  cpuSoft: { fill: 'cpuSoft', radius: 9 },
  gpuSoft: { fill: 'gpuSoft', radius: 9 },
  systemSoft: { fill: 'systemSoft', radius: 9 },
  badSoft: { fill: 'badSoft', radius: 9 },
  warmSoft: { fill: 'warmSoft', radius: 9 },
  reservedSoft: { fill: 'reservedSoft', radius: 9 },
  calmSoft: { fill: 'calmSoft', radius: 9 },
  warmWindow: { fill: 'warmSoft', stroke: 'warm', radius: 3 },
  reservedWindow: { fill: 'reservedSoft', stroke: 'reserved', radius: 3 },
  calmWindow: { fill: 'calmSoft', stroke: 'calm', radius: 3 },
  systemWindow: { fill: 'systemSoft', stroke: 'system', radius: 3 },
  tail: { fill: 'muted', radius: 0 },
  /** What is so for half of the year only. */
  pale: { fill: 'paper', stroke: 'muted', radius: 3, dashed: true },
} as const satisfies Readonly<
  Record<
    string,
    { readonly fill: Colour; readonly stroke?: Colour; readonly radius: number; readonly dashed?: boolean }
  >
>;
export type BoxLook = keyof typeof BOX_LOOKS;

export const LINE_LOOKS = {
  cpu: { stroke: 'cpu', width: 1.75 },
  gpu: { stroke: 'gpu', width: 1.75 },
  system: { stroke: 'system', width: 1.75 },
  calm: { stroke: 'calm', width: 1.75 },
  bad: { stroke: 'bad', width: 1.75, dashed: true },
  cross: { stroke: 'bad', width: 2.25 },
  branch: { stroke: 'muted', width: 1 },
  grid: { stroke: 'rule', width: 1 },
} as const satisfies Readonly<
  Record<string, { readonly stroke: Colour; readonly width: number; readonly dashed?: boolean }>
>;
export type LineLook = keyof typeof LINE_LOOKS;
