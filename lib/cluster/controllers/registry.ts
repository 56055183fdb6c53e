import type { Controller } from '../controller.ts';
import { hnc } from './hnc.ts';
import { kyverno } from './kyverno.ts';

/** The controllers that can run here, in the order in which they start. */
export const CONTROLLERS: readonly Controller[] = [hnc, kyverno];
