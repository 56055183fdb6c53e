import { createServer, type Server } from 'node:net';
import type { Ports } from './state.ts';

const LOOPBACK = '127.0.0.1';

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, LOOPBACK, () => resolve(server));
  });
}

function chosen(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A listener on 127.0.0.1 has no port.');
  return address.port;
}

export interface ChosenPorts {
  readonly ports: Ports;
  /** Names whose port of the last time somebody else has now. */
  readonly taken: readonly string[];
}

/** Free ports of 127.0.0.1: those of the last time where nobody took them since, so that addresses stay as they were. */
export async function choosePorts(names: readonly string[], previous: Ports = {}): Promise<ChosenPorts> {
  const taken: string[] = [];
  const held: (readonly [string, Server])[] = [];
  // All are held until all are chosen, so that no port is chosen twice.
  for (const name of names) {
    const wanted = previous[name];
    const again = wanted === undefined ? undefined : await listen(wanted);
    if (wanted !== undefined && again === undefined) taken.push(name);
    const server = again ?? (await listen(0));
    if (server === undefined) throw new Error('No port of 127.0.0.1 is free.');
    held.push([name, server]);
  }
  const ports = Object.fromEntries(held.map(([name, server]) => [name, chosen(server)]));
  for (const [, server] of held) await new Promise((resolve) => server.close(resolve));
  return { ports, taken };
}
