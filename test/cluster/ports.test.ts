import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type ChosenPorts, withPorts } from '../../lib/cluster/ports.ts';

const NAMES = Array.from({ length: 20 }, (_, index) => `listener-${index}`);
const keep = (chosen: ChosenPorts): Promise<ChosenPorts> => Promise.resolve(chosen);

/** Listens on a port of 127.0.0.1, as a process of a cluster does. */
async function whileListening<T>(port: number, work: () => Promise<T>): Promise<T> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  try {
    return await work();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('ports of a local cluster (PROVE-5)', () => {
  it('GIVEN two clusters that start WHEN neither listens yet THEN they share no port, and none is one of outgoing connections', async () => {
    await withPorts(NAMES, {}, async (one) => {
      await withPorts(NAMES, {}, async (two) => {
        const ports = [...Object.values(one.ports), ...Object.values(two.ports)];
        expect(new Set(ports).size).toBe(2 * NAMES.length);
        expect(Math.max(...ports)).toBeLessThan(32_768);
      });
    });
  });

  it('GIVEN a cluster that starts WHEN another one had its port before THEN that one gets a new port and is told', async () => {
    await withPorts(['etcd'], {}, async ({ ports }) => {
      const other = await withPorts(['etcd', 'kwok'], ports, keep);
      expect(other.taken).toEqual(['etcd']);
      expect(other.ports.etcd).not.toBe(ports.etcd);
    });
  });

  it('GIVEN ports of the last time WHEN nobody has them THEN they stay, and its own processes can listen on them', async () => {
    const { ports } = await withPorts(NAMES, {}, keep);
    const again = await withPorts(NAMES, ports, async (chosen) => {
      await whileListening(chosen.ports['listener-0'] ?? 0, () => Promise.resolve());
      return chosen;
    });
    expect(again).toEqual({ ports, taken: [] });
  });

  it('GIVEN a port of the last time WHEN another program listens on it THEN it is named as taken and another is chosen', async () => {
    const { ports } = await withPorts(['etcd'], {}, keep);
    const other = await whileListening(ports.etcd ?? 0, () => withPorts(['etcd'], ports, keep));
    expect(other.taken).toEqual(['etcd']);
    expect(other.ports.etcd).not.toBe(ports.etcd);
  });
});
