import type { Controller } from '../controller.ts';
import { hnc } from './hnc.ts';
import { kyverno } from './kyverno.ts';
import { prometheus } from './prometheus.ts';

/** The controllers that can run here, in the order in which they start; Prometheus last, because it asks who is there. */
export const CONTROLLERS: readonly Controller[] = [hnc, kyverno, prometheus];
