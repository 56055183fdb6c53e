import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export type Operation = 'create' | 'update' | 'delete';

/** What a stand-in can be told by its environment. */
export interface Faults {
  /** Fails every operation on the resource of this name. */
  readonly ATELIER_STAND_IN_FAIL?: string;
  /** Milliseconds that every operation takes longer. */
  readonly ATELIER_STAND_IN_SLOW?: string;
  /** Does every operation on the resource of this name, and never says so. */
  readonly ATELIER_STAND_IN_MUTE?: string;
  /** File that gets a line `create Namespace/genomics` for every operation that was done. */
  readonly ATELIER_STAND_IN_LOG?: string;
}

const faults = process.env as Faults;

/** Fails or waits as the environment says. */
export async function applyFaults(operation: Operation, name: string): Promise<void> {
  if (faults.ATELIER_STAND_IN_SLOW !== undefined) await sleep(Number(faults.ATELIER_STAND_IN_SLOW));
  if (name === faults.ATELIER_STAND_IN_FAIL) throw new Error(`${operation} of ${name} fails, as it was told to`);
}

/** Waits for ever where the environment says that nobody shall hear of what was done. */
export async function keepSilent(name: string): Promise<void> {
  if (name === faults.ATELIER_STAND_IN_MUTE) await new Promise(() => undefined);
}

export function logOperation(operation: Operation, name: string): void {
  if (faults.ATELIER_STAND_IN_LOG !== undefined) appendFileSync(faults.ATELIER_STAND_IN_LOG, `${operation} ${name}\n`);
}
