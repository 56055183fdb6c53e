import { defineEnvironment, nodePool, sessionProfile } from 'atelier';
import { accountId, controlPlane, region, registry, startupTaints, storage, zones } from './shared/aws.ts';
import { groups } from './shared/groups.ts';
import { base, cuda } from './shared/images.ts';
import { small } from './shared/profiles.ts';

export default defineEnvironment({
  version: 1,
  name: 'dev',
  description: 'Small EKS cluster for the platform team: plain namespaces, one GPU at most',
  cluster: {
    kind: 'eks',
    name: 'ds-dev',
    region,
    zones: zones.slice(0, 2),
    accountId,
    // Everything goes with it but the homes, which were there before.
    cloud: {
      network: {
        kind: 'existing',
        vpcId: 'vpc-0a1b2c3d4e5f60718',
        privateSubnets: {
          'eu-central-1a': 'subnet-0a1b2c3d4e5f60718',
          'eu-central-1b': 'subnet-0b1c2d3e4f5a60718',
        },
      },
      controlPlane: { ...controlPlane, logs: ['authenticator'], logRetentionDays: 7 },
      encryption: 'aws-keys',
      deletion: 'allowed',
      tags: { 'cost-center': 'platform' },
    },
  },
  autoscaler: { kind: 'karpenter', replicas: 1 },
  registry,
  startupTaints,
  gpuSoftware: { kind: 'device-plugin' },
  storage: storage('fs-0123456789abcdef0'),
  nodePools: [
    nodePool({
      name: 'system',
      description: 'The platform itself.',
      role: 'system',
      capacity: { kind: 'ec2', instanceTypes: ['m7i.xlarge'], min: 2, max: 3 },
    }),
    nodePool({
      name: 'cpu',
      description: 'Sessions without a GPU.',
      role: 'dedicated',
      capacity: { kind: 'ec2', instanceTypes: ['m7i.xlarge', 'm6i.xlarge'], max: 2 },
    }),
    nodePool({
      name: 'gpu',
      description: 'One GPU, when somebody asks for it.',
      role: 'dedicated',
      capacity: { kind: 'ec2', instanceTypes: ['g4dn.xlarge', 'g4dn.2xlarge'], max: 1 },
    }),
  ],
  images: [base, cuda],
  groups,
  sessionProfiles: [
    small,
    sessionProfile({
      name: 'gpu',
      title: 'GPU: 1x T4, 3 CPU, 10 GB',
      pool: 'gpu',
      cpu: { request: 3 },
      memory: { request: '10G' },
      gpu: { count: 1 },
      images: ['cuda'],
      offeredTo: { groups: ['gpu-users'] },
      idleTimeout: '30m',
      maxLifetime: '4h',
    }),
  ],
  workbench: {
    ingress: {
      host: 'workbench.dev.ds.example.org',
      className: 'alb',
      certificateArn: `arn:aws:acm:${region}:${accountId}:certificate/1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9`,
    },
    database: { kind: 'sqlite' },
    authentication: {
      kind: 'openid-connect',
      issuer: 'https://login.example.org/realms/ds-dev',
      clientSecret: { name: 'workbench-openid', key: 'openid-client-secret' },
    },
    scim: true,
    license: { kind: 'file', secret: { name: 'workbench-license', key: 'license.lic' } },
    timeouts: { rstudio: '30m', jupyter: '30m', vscode: '1h', positron: '1h', gpuLimit: '1h' },
    defaultImage: 'base',
  },
  tenancy: { backend: { kind: 'plain' } },
  tenants: { file: 'tenants/dev.yaml' },
  policies: { replicas: 1, contact: 'platform@example.org' },
  monitoring: { retention: '2d', storage: '20Gi' },
});
