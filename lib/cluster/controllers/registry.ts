import type { Controller } from '../controller.ts';

/** The controllers that can run here, in the order in which they start. */
export const CONTROLLERS: readonly Controller[] = [];
