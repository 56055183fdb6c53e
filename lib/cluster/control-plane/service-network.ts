import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { stringify } from 'yaml';
import { atelierProgram } from '../atelier-program.ts';
import type { ClusterContext, Component } from '../component.ts';
import { portOf } from '../state.ts';

const PORT = 'service-network';

/** Local port behind each address of a Service, `10.96.12.3:443`. */
export type ServiceRoutes = Readonly<Record<string, number>>;

const routesFile = (folder: string): string => join(folder, 'service-routes.json');

/** What was last written; empty before. */
export function readRoutes(folder: string): ServiceRoutes {
  const file = routesFile(folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ServiceRoutes) : {};
}

/** Adds addresses; the running proxy sees them at its next connection. */
export function addRoutes(folder: string, routes: ServiceRoutes): void {
  writeFileSync(routesFile(folder), `${JSON.stringify({ ...readRoutes(folder), ...routes }, null, 2)}\n`);
}

/** Tells the API server to reach Services, and so webhooks, through the proxy; returns the file's path. */
export function writeEgressSelector({ folder, ports }: ClusterContext): string {
  const pki = (file: string): string => join(folder, 'pki', file);
  const file = join(folder, 'egress-selector.yaml');
  const tlsConfig = { caBundle: pki('ca.crt'), clientCert: pki('admin.crt'), clientKey: pki('admin.key') };
  const url = `https://127.0.0.1:${portOf(ports, PORT)}`;
  writeFileSync(
    file,
    stringify({
      apiVersion: 'apiserver.k8s.io/v1beta1',
      kind: 'EgressSelectorConfiguration',
      egressSelections: [
        { name: 'cluster', connection: { proxyProtocol: 'HTTPConnect', transport: { tcp: { url, tlsConfig } } } },
      ],
    }),
  );
  return file;
}

/**
 * Plays the network between the API server and Services: nothing on this machine has their addresses, so the API server
 * asks this proxy (as on clusters with konnectivity), and the proxy connects to the local process behind the Service.
 * So webhook configurations are in force as they are written, with a Service as their address.
 */
export const serviceNetwork: Component = {
  name: PORT,
  ports: [PORT],
  command: ({ folder, ports }) => atelierProgram('service-network', { folder, port: String(portOf(ports, PORT)) }),
  isReady: ({ folder, ports }) =>
    new Promise((resolve, reject) => {
      const pki = (file: string): Buffer => readFileSync(join(folder, 'pki', file));
      const socket = connectTls({
        host: '127.0.0.1',
        port: portOf(ports, PORT),
        ca: pki('ca.crt'),
        cert: pki('admin.crt'),
        key: pki('admin.key'),
      });
      socket.once('secureConnect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', reject);
    }),
};
