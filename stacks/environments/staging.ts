import { defineEnvironment, nodePool, sessionProfile } from 'atelier';
import { accountId, controlPlane, region, registry, startupTaints, storage, zones } from './shared/aws.ts';
import { groups } from './shared/groups.ts';
import { images } from './shared/images.ts';
import { batch, large, medium, small } from './shared/profiles.ts';

const nodePools = [
  nodePool({
    name: 'system',
    description: 'The platform itself; each server of Workbench fills half a node.',
    role: 'system',
    capacity: { kind: 'ec2', instanceTypes: ['m7i.xlarge'], min: 1, max: 3 },
  }),
  nodePool({
    name: 'cpu',
    description: 'Sessions without a GPU.',
    role: 'dedicated',
    // Node groups are planned from their first type, so all types are of one size.
    capacity: { kind: 'ec2', instanceTypes: ['m6i.4xlarge', 'm5.4xlarge'], max: 4, maxPods: 110 },
  }),
  nodePool({
    name: 'batch-spot',
    description: 'Jobs that survive losing their node.',
    role: 'dedicated',
    capacity: {
      kind: 'ec2',
      instanceTypes: ['m6i.4xlarge', 'm5.4xlarge', 'm6a.4xlarge'],
      capacityTypes: ['spot'],
      max: 3,
      maxPods: 110,
    },
    disruption: { idleAfter: '2m' },
  }),
  nodePool({
    name: 'gpu',
    description: 'Interactive GPU sessions, for rehearsing production.',
    role: 'dedicated',
    capacity: {
      kind: 'ec2',
      instanceTypes: ['g5.xlarge'],
      zones: zones.slice(0, 2),
      max: 2,
      image: { fastImagePull: true },
      rootVolume: { size: '150Gi', iops: 6000, throughput: 500 },
    },
  }),
  nodePool({
    name: 'gpu-shared',
    description: 'One T4 for four, to try things out.',
    role: 'dedicated',
    capacity: { kind: 'ec2', instanceTypes: ['g4dn.2xlarge'], zones: zones.slice(0, 1), max: 2 },
    // cluster-autoscaler waits for nvidia.com/gpu alone, so shares keep that name here.
    sharing: { kind: 'time-slicing', replicas: 4, rename: false },
  }),
];

export default defineEnvironment({
  version: 1,
  name: 'staging',
  description: 'Rehearsal of production on EKS with cluster-autoscaler and HNC',
  cluster: {
    kind: 'eks',
    name: 'ds-staging',
    region,
    zones,
    accountId,
    cloud: {
      network: { kind: 'new', cidr: '10.41.0.0/16', natGateways: 'single' },
      controlPlane: { ...controlPlane, logRetentionDays: 30 },
      // Flux applies what is in Git as it stands, so the ids of both are stated below.
      fileSystem: { throughput: 'bursting', backupRetentionDays: 7 },
      database: { multiZone: false, backupRetentionDays: 3 },
      deletion: 'allowed',
      tags: { 'cost-center': 'platform' },
    },
  },
  autoscaler: { kind: 'cluster-autoscaler', expander: 'least-waste' },
  registry,
  startupTaints,
  gpuSoftware: { kind: 'device-plugin' },
  storage: storage('fs-0718f6e5d4c3b2a10'),
  nodePools,
  images,
  groups,
  sessionProfiles: [
    small,
    medium,
    large,
    sessionProfile({
      name: 'gpu-small',
      title: 'GPU small: 1x A10G, 3 CPU, 12 GB',
      pool: 'gpu',
      cpu: { request: 3 },
      memory: { request: '12G' },
      gpu: { count: 1 },
      images: ['cuda'],
      offeredTo: { groups: ['gpu-users'] },
      idleTimeout: '1h',
      maxLifetime: '12h',
    }),
    sessionProfile({
      name: 'gpu-shared',
      title: 'GPU shared: a quarter of a T4, 1 CPU, 6 GB',
      pool: 'gpu-shared',
      cpu: { request: '1500m' },
      memory: { request: '6G' },
      gpu: { count: 1 },
      images: ['course', 'cuda'],
      offeredTo: { groups: ['course-ml', 'gpu-users'] },
      idleTimeout: '30m',
      maxLifetime: '4h',
    }),
    batch,
  ],
  workbench: {
    replicas: 2,
    ingress: {
      host: 'workbench.staging.ds.example.org',
      className: 'alb',
      certificateArn: `arn:aws:acm:${region}:${accountId}:certificate/9a7d1e2b-6f4c-4b3a-8e5d-0c1b2a3f4e5d`,
    },
    database: {
      kind: 'postgresql',
      host: 'workbench-ds-staging.c1a2b3c4d5e6.eu-central-1.rds.amazonaws.com',
      password: { name: 'workbench-database', key: 'password' },
    },
    authentication: {
      kind: 'openid-connect',
      issuer: 'https://login.example.org/realms/ds-staging',
      clientSecret: { name: 'workbench-openid', key: 'openid-client-secret' },
    },
    scim: true,
    license: { kind: 'file', secret: { name: 'workbench-license', key: 'license.lic' } },
    timeouts: { gpuLimit: '2h', rstudio: '1h', jupyter: '1h', vscode: '2h', positron: '2h' },
    defaultImage: 'base',
  },
  tenancy: { backend: { kind: 'hnc', image: `${registry.host}/mirror/hnc-manager:v1.1.0` } },
  tenants: { file: 'tenants/staging.yaml' },
  policies: { replicas: 3, contact: 'platform@example.org' },
  monitoring: { retention: '7d', logs: { kind: 'cloudwatch' } },
  gitOps: { tool: 'flux', repository: 'https://git.example.org/platform/ds-platform.git' },
});
