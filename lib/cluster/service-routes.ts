import { messageOf } from './api-client.ts';
import { ClusterError } from './cluster-error.ts';
import { addRoutes } from './control-plane/service-network.ts';
import type { ControllerStart } from './controller.ts';
import { portOf } from './state.ts';

/** A port of a Service, by its number. */
export interface ServicePort {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/** Leads a Service of the cluster to the process that listens on one of the cluster's ports. */
export async function routeService(
  { client, context: { folder, ports } }: Pick<ControllerStart<unknown>, 'client' | 'context'>,
  { namespace, name, port }: ServicePort,
  listener: string,
): Promise<void> {
  const answer = await client.send({ method: 'GET', path: `/api/v1/namespaces/${namespace}/services/${name}` });
  if (answer.status !== 200) throw new ClusterError(`Service ${namespace}/${name}: ${messageOf(answer)}`);
  const { clusterIP } = (answer.body as { readonly spec: { readonly clusterIP: string } }).spec;
  addRoutes(folder, { [`${clusterIP}:${port}`]: portOf(ports, listener) });
}
