import { describeBytes } from '../core/quantity.ts';
import type { Line } from './explanation.ts';

/** A line of its own. */
export const line = (text: string): Line => ({ text });
/** A line for who asks for all of it. */
export const detail = (text: string): Line => ({ text, detail: true });

/** Millicores as people count them: `15.45`. */
export function cores(millicpu: number): string {
  return String(Number((millicpu / 1000).toFixed(2)));
}

/** CPU, memory and devices of something, for people: `3 CPU, 11.2 GiB, 1 x nvidia.com/gpu`. */
export function describeSize(
  millicpu: number,
  memoryBytes: number,
  devices: Readonly<Record<string, number>> = {},
): string {
  const named = Object.entries(devices).flatMap(([name, number]) => (number === 0 ? [] : [`${number} x ${name}`]));
  return [`${cores(millicpu)} CPU`, describeBytes(memoryBytes), ...named].join(', ');
}

/** USD with as many decimals as it takes to tell prices apart: `0`, `0.80`, `0.0482`. */
export function dollars(usd: number): string {
  if (usd === 0) return '0';
  return usd < 0.1 ? usd.toFixed(4) : usd.toFixed(2);
}
