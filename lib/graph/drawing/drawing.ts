import type { BoxLook, LineLook, TextLook } from './looks.ts';

/** A line of text on its baseline. */
export interface Text {
  readonly kind: 'text';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly look: TextLook;
  /** @default 'start' */
  readonly anchor?: 'start' | 'middle' | 'end';
  /** All of it, where `text` is cut; shown to who points at it. */
  readonly full?: string;
}

/** A rectangle, and what lies inside of it. */
export interface Box {
  readonly kind: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly look: BoxLook;
  /** What it is, shown to who points at it. */
  readonly label?: string;
  readonly content?: readonly Shape[];
}

/** A line through points; its corners are rounded. */
export interface Line {
  readonly kind: 'line';
  readonly points: readonly (readonly [number, number])[];
  readonly look: LineLook;
  /** Whether it ends in the head of an arrow. @default false */
  readonly arrow?: boolean;
}

export type Shape = Text | Box | Line;

/** A picture before it is written as SVG: everything has its place. */
export interface Drawing {
  /** Short and unique in a page: `pools`. */
  readonly name: string;
  readonly title: string;
  /** What it shows, for who cannot see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Every shape, boxes before what lies in them. */
export function allShapes(shapes: readonly Shape[]): readonly Shape[] {
  return shapes.flatMap((shape) => (shape.kind === 'box' ? [shape, ...allShapes(shape.content ?? [])] : [shape]));
}
