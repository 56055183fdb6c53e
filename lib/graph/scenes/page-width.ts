/** Whether a picture is for a wide page or wall, or for a telephone. */
export type PageWidth = 'wide' | 'narrow';

/** Pixels of a picture, and of the margin around what it shows. */
export const PAGE = {
  wide: { width: 1120, margin: 24 },
  narrow: { width: 336, margin: 12 },
} as const satisfies Readonly<Record<PageWidth, { readonly width: number; readonly margin: number }>>;
