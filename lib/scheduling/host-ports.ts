import type { Container, ContainerPort, PodSpec } from './pod.ts';

/** A port of the node that a pod takes. */
export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

const EVERY_ADDRESS = '0.0.0.0';

function portOf(
  { hostPort, containerPort, hostIP, protocol }: ContainerPort,
  hostNetwork: boolean,
): HostPort | undefined {
  // In the host's network every port is one of the host (pkg/apis/core/v1 defaultHostNetworkPorts).
  const port = hostPort || (hostNetwork ? containerPort : 0);
  return port === 0 ? undefined : { ip: hostIP || EVERY_ADDRESS, protocol: protocol || 'TCP', port };
}

/** Ports of the node that a pod holds as long as it runs; init containers other than sidecars hold none. */
export function hostPorts({ containers, initContainers = [], hostNetwork = false }: PodSpec): readonly HostPort[] {
  const lasting = (container: Container): boolean => container.restartPolicy === 'Always';
  return [...initContainers.filter(lasting), ...containers].flatMap(({ ports = [] }) =>
    ports.flatMap((port) => portOf(port, hostNetwork) ?? []),
  );
}

/** Two pods cannot have the same port, unless each names an address of its own (k8s.io/kube-scheduler HostPortInfo). */
export function portsConflict(a: HostPort, b: HostPort): boolean {
  if (a.port !== b.port || a.protocol !== b.protocol) return false;
  return a.ip === b.ip || a.ip === EVERY_ADDRESS || b.ip === EVERY_ADDRESS;
}
