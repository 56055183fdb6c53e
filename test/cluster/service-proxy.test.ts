import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addRoutes } from '../../lib/cluster/control-plane/service-network.ts';
import { serveServiceNetwork } from '../../lib/cluster/control-plane/service-proxy.ts';
import { ensurePki } from '../../lib/cluster/pki.ts';

const portOf = (server: Pick<Server, 'address'>): number => (server.address() as AddressInfo).port;

describe('the network to Services (PROVE-5)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atelier-proxy-'));
  const pki = (file: string): Buffer => readFileSync(join(folder, 'pki', file));
  const behind = createServer((_, response) => response.end('hello'));
  let proxy: ReturnType<typeof serveServiceNetwork>;
  beforeAll(async () => {
    ensurePki(join(folder, 'pki'));
    await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
    proxy = serveServiceNetwork(folder, 0);
    await new Promise((resolve) => proxy.once('listening', resolve));
  });
  afterAll(() => {
    for (const server of [proxy, behind]) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the proxy answers, and the socket that it connected. */
  function connectTo(target: string, client = 'admin'): Promise<{ status: number; socket: Socket }> {
    return new Promise((resolve, reject) => {
      const identity = client === '' ? {} : { cert: pki(`${client}.crt`), key: pki(`${client}.key`) };
      const options = { host: '127.0.0.1', port: portOf(proxy), method: 'CONNECT', path: target, ca: pki('ca.crt') };
      request({ ...options, ...identity, agent: false })
        .on('connect', ({ statusCode = 0 }, socket) => resolve({ status: statusCode, socket }))
        .on('error', reject)
        .end();
    });
  }

  it('GIVEN a Service with a process behind it WHEN the API server connects THEN it speaks with that process', async () => {
    addRoutes(folder, { '10.96.7.7:443': portOf(behind) });
    const { status, socket } = await connectTo('10.96.7.7:443');
    expect(status).toBe(200);
    const said = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (part: Buffer) => {
        text += part.toString();
        if (text.endsWith('hello')) resolve(text);
      });
    });
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await said).toContain('200 OK');
  });

  it('GIVEN a route that is added while it runs WHEN somebody connects THEN it is known', async () => {
    expect((await connectTo('10.96.7.8:443')).status).toBe(503);
    addRoutes(folder, { '10.96.7.8:443': portOf(behind) });
    expect((await connectTo('10.96.7.8:443')).status).toBe(200);
    expect((await connectTo('10.96.7.7:443')).status).toBe(200);
  });

  it('GIVEN somebody without a certificate of the cluster WHEN he connects THEN he is turned away', async () => {
    await expect(connectTo('10.96.7.7:443', '')).rejects.toThrow();
    await expect(connectTo('10.96.7.7:443', 'etcd')).rejects.toThrow();
  });
});
