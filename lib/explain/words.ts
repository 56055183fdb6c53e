import { describeBytes, formatMillicpu, GiB } from '../core/quantity.ts';
import type { Line } from './explanation.ts';

/** A line of its own. */
export const line = (text: string): Line => ({ text });
/** A line for who asks for all of it. */
export const detail = (text: string): Line => ({ text, detail: true });

/** CPU, memory and devices of something, for people: `3 CPU, 11.2 GiB, 1 x nvidia.com/gpu`. */
export function describeSize(
  millicpu: number,
  memoryBytes: number,
  devices: Readonly<Record<string, number>> = {},
): string {
  const named = Object.entries(devices).flatMap(([name, number]) => (number === 0 ? [] : [`${number} x ${name}`]));
  return [`${formatMillicpu(millicpu)} CPU`, describeBytes(memoryBytes), ...named].join(', ');
}

/** USD with as many decimals as it takes to tell prices apart: `0.80`, `0.0482`. */
export function dollars(usd: number): string {
  return usd !== 0 && usd < 0.1 ? usd.toFixed(4) : usd.toFixed(2);
}

/** Amounts of a resource by its name: bytes of memory and storage, cores of CPU, else a number. */
export function describeAmount(resource: string, amount: number): string {
  if (resource.endsWith('cpu')) return `${formatMillicpu(Math.round(amount * 1000))} CPU`;
  if (/(memory|storage)$/.test(resource)) {
    return amount >= GiB * 1024 ? `${Number((amount / GiB / 1024).toFixed(1))} TiB` : describeBytes(amount);
  }
  return `${amount} ${resource === 'pods' ? 'pods' : `x ${resource.replace(/^requests\./, '')}`}`;
}

/** `1 is`, `2 are`: for sentences about a number of things. */
export function verb(number: number, one: string, several: string): string {
  return number === 1 ? one : several;
}
