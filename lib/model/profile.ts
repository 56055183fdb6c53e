import { LABELS } from '../catalog/labels.ts';
import type { Path } from '../core/path.ts';
import type { Environment } from './environment.ts';
import { gpuResourceName } from './gpu-devices.ts';
import { PACKING_SCHEDULER } from './packing-scheduler.ts';
import { migDeviceLabel, type PlacementConstraint, type Pool } from './pool.ts';
import type { PriorityStep } from './priority-ladder.ts';
import { imageReference } from './session-image.ts';
import type { SessionProfile } from './session-profile.ts';
import type { Toleration } from './taint.ts';
import { EDITORS, type Editor } from './workbench.ts';

/** A session profile with everything that follows from it and its pool. */
export interface Profile {
  readonly at: Path;
  readonly name: string;
  readonly spec: SessionProfile;
  readonly pool: string;
  /** CPU in millicores. */
  readonly cpu: { readonly request: number; readonly limit: number };
  /** Megabytes (10^6), because Workbench writes `<n>M` on the pod. Rounded up from what was asked. */
  readonly memoryMB: { readonly request: number; readonly limit: number };
  /** The device the pod asks for, and how many. */
  readonly gpu?: { readonly resource: string; readonly count: number };
  /** Constraints that become node selectors: the pool, and the MIG device where the pool offers several. */
  readonly selectors: readonly PlacementConstraint[];
  /** The constraint that carries the profile's name to the job template, which alone reads it (rstudio/helm #845). */
  readonly marker: PlacementConstraint;
  readonly tolerations: readonly Toleration[];
  readonly priorityClass: string;
  /** The scheduler that places the pod; `undefined`: that of the cluster. */
  readonly schedulerName?: string;
  /** Image references, the default first. */
  readonly images: readonly string[];
  /** Seconds a session may idle in each editor. */
  readonly idle: Readonly<Record<Editor, number>>;
}

/** The step that pods without a class get: the default one, else none (`undefined`). */
export function defaultStep(ladder: readonly PriorityStep[]): PriorityStep | undefined {
  return ladder.find((step) => step.default);
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6);

/** Everything that follows from one session profile. The pool and the images must exist. */
export function deriveProfile(environment: Environment, spec: SessionProfile, pool: Pool, at: Path): Profile {
  const { timeouts } = environment.workbench;
  const idle = (editor: Editor): number =>
    // Workbench knows idle time per editor and, for RStudio alone, per group of users.
    editor === 'rstudio' ? Math.min(timeouts.rstudio, spec.idleTimeout ?? timeouts.rstudio) : timeouts[editor];
  const images = spec.images.flatMap((name) => environment.images.find((image) => image.name === name) ?? []);
  return {
    at,
    name: spec.name,
    spec,
    pool: pool.name,
    cpu: { request: spec.cpu.request, limit: spec.cpu.limit ?? spec.cpu.request },
    memoryMB: {
      request: megabytes(spec.memory.request),
      limit: megabytes(spec.memory.limit ?? spec.memory.request),
    },
    ...(spec.gpu
      ? { gpu: { resource: gpuResourceName(pool.spec.sharing, spec.gpu.migProfile), count: spec.gpu.count } }
      : {}),
    selectors: [pool.constraint, ...(spec.gpu?.migProfile ? [migDeviceLabel(spec.gpu.migProfile)] : [])],
    marker: { name: LABELS.sessionProfile, value: spec.name },
    tolerations: pool.tolerations,
    priorityClass: spec.priorityClass ?? defaultStep(environment.priorities)?.name ?? '',
    ...(spec.scheduler === 'packing' ? { schedulerName: PACKING_SCHEDULER } : {}),
    images: images.map((image) => imageReference(image, environment.registry.host)),
    idle: Object.fromEntries(EDITORS.map((editor) => [editor, idle(editor)])) as Record<Editor, number>,
  };
}
