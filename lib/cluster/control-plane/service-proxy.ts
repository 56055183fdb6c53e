import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { readRoutes } from './service-network.ts';

/** The local port of `host:port`; loopback addresses are their own. */
function localPort(folder: string, target: string): number | undefined {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(target) ?? [];
  if (host === '127.0.0.1' || host === 'localhost') return Number(port);
  return readRoutes(folder)[target];
}

/** Serves HTTP CONNECT (RFC 9110, 9.3.6) to clients of the cluster's authority until it is closed. */
export function serveServiceNetwork(folder: string, port: number): Server {
  const pki = (file: string): Buffer => readFileSync(join(folder, 'pki', file));
  const server = createServer({
    ca: pki('ca.crt'),
    cert: pki('server.crt'),
    key: pki('server.key'),
    requestCert: true,
    rejectUnauthorized: true,
  });
  server.on('connect', (request, client, head) => {
    const target = localPort(folder, request.url ?? '');
    if (target === undefined) {
      client.end('HTTP/1.1 503 No process of this cluster is behind that Service\r\n\r\n');
      return;
    }
    const upstream = connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client);
      client.pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
    client.on('close', () => upstream.destroy());
  });
  return server.listen(port, '127.0.0.1');
}
