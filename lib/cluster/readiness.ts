import { get } from 'node:http';
import { get as getSecurely } from 'node:https';
import { type ApiClient, connect } from './api-client.ts';
import type { ClusterContext } from './component.ts';
import { clusterAccess } from './kubeconfig.ts';
import { portOf } from './state.ts';

/** Whether a server says 200 to a path; the client is closed. */
export async function answers(client: ApiClient, path: string): Promise<boolean> {
  try {
    return (await client.send({ method: 'GET', path })).status === 200;
  } finally {
    client.close();
  }
}

/** The same for a server with a certificate of the cluster's authority, asked as its administrator. */
export function answersAdmin({ folder, ports }: ClusterContext, port: string, path: string): Promise<boolean> {
  return answers(connect(clusterAccess(folder, 'admin', portOf(ports, port))), path);
}

/** The same for a server without certificates. */
export function answersPlainly({ ports }: ClusterContext, port: string, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: portOf(ports, port), path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', reject);
  });
}

/** The same for a server with a certificate of its own making. */
export function answersUnverified({ ports }: ClusterContext, port: string, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: portOf(ports, port), path, agent: false, rejectUnauthorized: false };
    getSecurely(options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', reject);
  });
}
