import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';
import { ClusterError } from './cluster-error.ts';
import type { Ports } from './state.ts';

const LOOPBACK = '127.0.0.1';
/** Below the ports of outgoing connections (from 32768 on Linux, from 49152 elsewhere), which come and go all the time. */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_767;
const ATTEMPTS = 1000;

/**
 * Claims a port by the UDP socket of the same number, which nothing in a cluster uses: other clusters that start at the
 * same time leave it alone, programs can listen on it, and the operating system ends the claim with this process.
 */
function claim(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(undefined);
    });
    socket.bind({ port, address: LOOPBACK, exclusive: true }, () => resolve(socket));
  });
}

const release = (socket: Socket): Promise<void> => new Promise((resolve) => socket.close(() => resolve()));

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, LOOPBACK, () => server.close(() => resolve(true)));
  });
}

/** A claim on a port that nobody listens on; undefined where somebody does, or is about to. */
async function claimFree(port: number): Promise<Socket | undefined> {
  const socket = await claim(port);
  if (socket === undefined || (await isFree(port))) return socket;
  await release(socket);
  return undefined;
}

async function claimAny(): Promise<Socket> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT + 1));
    const socket = await claimFree(port);
    if (socket !== undefined) return socket;
  }
  throw new ClusterError(`No port of ${LOOPBACK} between ${FIRST_PORT} and ${LAST_PORT} is free.`);
}

export interface ChosenPorts {
  readonly ports: Ports;
  /** Names whose port of the last time somebody else has now. */
  readonly taken: readonly string[];
}

/**
 * Chooses free ports of 127.0.0.1, those of the last time where nobody took them since, so that addresses stay as they
 * were, and keeps them for this cluster until the work is done: by then its processes listen on them.
 */
export async function withPorts<T>(
  names: readonly string[],
  previous: Ports,
  work: (chosen: ChosenPorts) => Promise<T>,
): Promise<T> {
  const claims = new Map<string, Socket>();
  const taken: string[] = [];
  try {
    for (const name of names) {
      const wanted = previous[name];
      const again = wanted === undefined ? undefined : await claimFree(wanted);
      if (wanted !== undefined && again === undefined) taken.push(name);
      claims.set(name, again ?? (await claimAny()));
    }
    const ports = Object.fromEntries([...claims].map(([name, socket]) => [name, socket.address().port]));
    return await work({ ports, taken });
  } finally {
    await Promise.all([...claims.values()].map(release));
  }
}
