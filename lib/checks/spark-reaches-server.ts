import { egressBlocks } from '../model/egress.ts';
import type { Platform } from '../model/platform.ts';
import type { Rule } from './rule.ts';

/** Where the API server listens itself: what a policy sees once the Service `kubernetes` has been resolved. */
function serverPort({ environment }: Platform): number {
  return environment.cluster.kind === 'eks' ? 443 : 6443;
}

export const sparkReachesServer: Rule = {
  id: 'NET005',
  title: 'Drivers of Spark may connect to the API server',
  severity: 'warning',
  protectsFrom: 'applications of Spark whose driver starts, asks for executors, and times out',
  because:
    'A driver makes its executors by the API server, from a namespace whose NetworkPolicy opens what tenancy.egress says. Network agents apply a policy to the address behind a Service: kubernetes.default is 443, the server behind it listens on 443 in EKS and on 6443 where kubeadm made the cluster.',
  source:
    'Spark documentation, "Running Spark on Kubernetes"; Kubernetes documentation, "Network Policies" and "Ports and Protocols"',
  example: {
    of: 'environment',
    breaks: `tenancy:
  egress: [{ cidr: 10.0.0.0/8, ports: [5432] }]
spark:
  image: registry.example.org/spark:4.0.1
  namespaces: [vision]
  driver: { pool: cpu, cpu: 1, memory: 4Gi }
  executors: { pool: cpu, cpu: 4, memory: 14Gi, max: 4 }`,
    mended: `tenancy:
  egress: [{ cidr: 10.0.0.0/8, ports: [5432, 443] }]
spark:
  image: registry.example.org/spark:4.0.1
  namespaces: [vision]
  driver: { pool: cpu, cpu: 1, memory: 4Gi }
  executors: { pool: cpu, cpu: 4, memory: 14Gi, max: 4 }`,
  },
  check: ({ platform }) => {
    if (!platform.spark) return [];
    const port = serverPort(platform);
    const opens = (ports: readonly number[]): boolean => ports.length === 0 || ports.includes(port);
    if (egressBlocks(platform.environment.tenancy).some(({ ports }) => opens(ports))) return [];
    return [
      {
        at: ['tenancy', 'egress'],
        message: `nothing opens port ${port}, where the API server listens, to the namespaces of Spark.`,
        hint: `Add the block of the API server's addresses with port ${port}.`,
      },
    ];
  },
};
