import { defineEnvironment, nodePool, sessionProfile } from 'atelier';
import { groups } from './shared/groups.ts';
import { images } from './shared/images.ts';
import { medium, small } from './shared/profiles.ts';

const nodePools = [
  nodePool({
    name: 'cpu',
    description: 'Two-socket machines for everything without a GPU, the platform included.',
    role: 'general',
    capacity: {
      kind: 'static',
      nodes: ['cpu-01', 'cpu-02', 'cpu-03', 'cpu-04'],
      machine: { cpu: '62', memory: '245Gi', ephemeralStorage: '800Gi', pods: 220 },
    },
  }),
  nodePool({
    name: 'a100',
    description: 'DGX A100 cut into instances: small ones for notebooks, large ones for training.',
    role: 'dedicated',
    capacity: {
      kind: 'static',
      nodes: ['dgx-01', 'dgx-02'],
      machine: {
        cpu: '250',
        memory: '1000Gi',
        ephemeralStorage: '3000Gi',
        pods: 220,
        gpu: { model: 'A100-40GB', count: 8 },
      },
    },
    sharing: { kind: 'mig', strategy: 'mixed', layout: { '1g.5gb': 2, '2g.10gb': 1, '3g.20gb': 1 } },
  }),
  nodePool({
    name: 't4',
    description: 'Older machines with T4, four sessions to a GPU.',
    role: 'dedicated',
    capacity: {
      kind: 'static',
      nodes: ['gpu-01', 'gpu-02', 'gpu-03'],
      machine: { cpu: '46', memory: '180Gi', ephemeralStorage: '400Gi', gpu: { model: 'T4', count: 4 } },
    },
    sharing: { kind: 'time-slicing', replicas: 4 },
  }),
];

/** Sessions on the A100 differ in the instance they get; the rest follows from its size. */
const migSession = (name: string, title: string, migProfile: string, cpu: number, memory: string, groupName: string) =>
  sessionProfile({
    name,
    title,
    pool: 'a100',
    cpu: { request: cpu },
    memory: { request: memory },
    gpu: { count: 1, migProfile },
    images: ['cuda'],
    offeredTo: { groups: [groupName] },
    idleTimeout: '1h',
    maxLifetime: '24h',
  });

export default defineEnvironment({
  version: 1,
  name: 'onprem',
  description: 'Our own machines: A100 in MIG and T4, HNC, no cloud and no autoscaler',
  cluster: { kind: 'on-premises', name: 'ds-onprem', zones: ['hall-1', 'hall-2'] },
  autoscaler: { kind: 'none' },
  // ingress-nginx, which the network team runs for the whole data centre.
  ingressController: { kind: 'existing' },
  registry: { kind: 'other', host: 'registry.ds.example.org', pullSecret: 'registry-pull' },
  daemonSets: [{ name: 'node-problem-detector', cpu: '20m', memory: '80Mi' }],
  gpuSoftware: { kind: 'gpu-operator', driver: 'operator' },
  storage: {
    classes: [
      { kind: 'existing', name: 'ceph-block', readWriteMany: false },
      { kind: 'existing', name: 'cephfs', readWriteMany: true },
    ],
    block: 'ceph-block',
    shared: 'cephfs',
    homes: { volume: { kind: 'nfs', server: 'nas.ds.example.org', path: '/export/homes' }, size: '40Ti' },
  },
  nodePools,
  images,
  groups,
  sessionProfiles: [
    small,
    medium,
    sessionProfile({
      name: 'gpu-shared',
      title: 'GPU shared: a quarter of a T4, 2 CPU, 10 GB',
      pool: 't4',
      cpu: { request: 2 },
      memory: { request: '10G' },
      gpu: { count: 1 },
      images: ['course', 'cuda'],
      offeredTo: { groups: ['course-ml', 'gpu-users'] },
      idleTimeout: '30m',
      maxLifetime: '4h',
    }),
    migSession('mig-small', 'GPU small: A100 1g.5gb, 4 CPU, 24 GB', '1g.5gb', 4, '24G', 'gpu-users'),
    migSession('mig-medium', 'GPU medium: A100 2g.10gb, 8 CPU, 48 GB', '2g.10gb', 8, '48G', 'gpu-users'),
    migSession('mig-large', 'GPU large: A100 3g.20gb, 12 CPU, 64 GB', '3g.20gb', 12, '64G', 'gpu-training'),
  ],
  workbench: {
    replicas: 2,
    ingress: { host: 'workbench.ds.example.org', className: 'nginx', tlsSecret: 'workbench-tls' },
    database: {
      kind: 'postgresql',
      host: 'postgres.ds.example.org',
      password: { name: 'workbench-database', key: 'password' },
    },
    authentication: { kind: 'saml', metadataUrl: 'https://idp.example.org/metadata' },
    scim: true,
    license: { kind: 'server', host: 'license.ds.example.org' },
    timeouts: { gpuLimit: '4h' },
    defaultImage: 'base',
  },
  tenancy: {
    backend: { kind: 'hnc', image: 'registry.ds.example.org/mirror/hnc-manager:v1.1.0' },
    egress: [
      { cidr: '10.20.0.0/16', ports: [443, 5432] },
      { cidr: '0.0.0.0/0', ports: [443] },
    ],
  },
  tenants: { file: 'tenants/onprem.yaml' },
  policies: { replicas: 3, contact: 'platform@example.org' },
  monitoring: {
    retention: '15d',
    storage: '100Gi',
    replicas: 2,
    grafanaHost: 'grafana.ds.example.org',
    logs: { kind: 'loki', host: 'loki.ds.example.org' },
  },
  gitOps: { tool: 'argo-cd', repository: 'https://git.example.org/platform/ds-platform.git' },
});
