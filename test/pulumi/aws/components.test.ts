import { beforeAll, describe, expect, test } from 'vitest';
import type { EnvironmentInput } from '../../../lib/model/environment.ts';
import { cloudInput } from '../../fixtures/cloud.ts';
import { eksInput } from '../../fixtures/environment.ts';
import { bundleOf, make } from './made.ts';
import { type MockedCloud, mockedCloud, resourceOf, resourcesOf } from './mocked-cloud.ts';

/** With one type of GPU node: cluster-autoscaler plans from the first. */
const AUTOSCALED: Partial<EnvironmentInput> = {
  autoscaler: { kind: 'cluster-autoscaler' },
  nodePools: eksInput().nodePools.map((pool) =>
    pool.capacity.kind === 'ec2'
      ? { ...pool, capacity: { ...pool.capacity, instanceTypes: pool.capacity.instanceTypes.slice(0, 1) } }
      : pool,
  ),
};

const system = (capacity: object): EnvironmentInput['nodePools'] =>
  eksInput().nodePools.map((pool) =>
    pool.name === 'system' ? { ...pool, capacity: { ...pool.capacity, ...capacity } } : pool,
  ) as EnvironmentInput['nodePools'];

let usual: MockedCloud;
let autoscaled: MockedCloud;
beforeAll(async () => {
  usual = await make();
  autoscaled = await make({}, AUTOSCALED);
});

const decoded = (text: string): string => Buffer.from(text, 'base64').toString();

describe('network (CLOUD-1)', () => {
  test('GIVEN a load balancer controller WHEN the VPC is made THEN it has the tags that it is looked for by', () => {
    const controller = bundleOf(cloudInput()).releases.find(({ name }) => name === 'aws-load-balancer-controller');
    const wanted = controller?.values.vpcTags as object;
    const { inputs } = resourceOf(usual, 'aws:ec2/vpc:Vpc', 'ds');
    const { defaultTags } = resourceOf(usual, 'pulumi:providers:aws', 'ds').inputs;
    const { tags } = JSON.parse(defaultTags) as { tags: object };
    expect({ ...tags, ...inputs.tags }).toMatchObject(wanted);
    expect(Object.keys(wanted)).toContain('Name');
  });

  test('GIVEN one NAT gateway per zone WHEN made THEN each private subnet goes out through its own zone', () => {
    const made = usual;
    expect(resourcesOf(made, 'aws:ec2/natGateway:NatGateway')).toHaveLength(2);
    for (const zone of ['eu-central-1a', 'eu-central-1b']) {
      const route = resourceOf(made, 'aws:ec2/route:Route', `ds-private-${zone}`);
      expect(route.inputs).toMatchObject({
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId: `NatGateway-ds-nat-${zone}`,
        routeTableId: `RouteTable-ds-private-${zone}`,
      });
    }
  });

  test('GIVEN a single NAT gateway WHEN made THEN all private subnets go out through it', async () => {
    const made = await make({ network: { kind: 'new', natGateways: 'single' } });
    const routes = resourcesOf(made, 'aws:ec2/route:Route').filter(({ inputs }) => inputs.natGatewayId);
    expect(routes.map(({ inputs }) => inputs.natGatewayId)).toEqual(Array(2).fill('NatGateway-ds-nat-eu-central-1a'));
  });

  test('GIVEN endpoints WHEN made THEN S3 is a route, and the others are names that only the VPC reaches', async () => {
    const made = await make({ network: { kind: 'new', cidr: '10.9.0.0/16', endpoints: ['s3', 'ecr.dkr'] } });
    const endpoint = (name: string) => resourceOf(made, 'aws:ec2/vpcEndpoint:VpcEndpoint', name).inputs;
    expect(endpoint('ds-s3')).toMatchObject({
      serviceName: 'com.amazonaws.eu-central-1.s3',
      vpcEndpointType: 'Gateway',
      routeTableIds: ['RouteTable-ds-private-eu-central-1a', 'RouteTable-ds-private-eu-central-1b'],
    });
    expect(endpoint('ds-ecr.dkr')).toMatchObject({
      vpcEndpointType: 'Interface',
      privateDnsEnabled: true,
      securityGroupIds: ['SecurityGroup-ds-endpoints'],
    });
    const rule = resourceOf(made, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', 'ds-endpoints');
    expect(rule.inputs).toMatchObject({ cidrIpv4: '10.9.0.0/16', fromPort: 443, toPort: 443 });
  });

  test('GIVEN an existing VPC WHEN made THEN its subnets get the tag of Karpenter, and nothing else is touched', async () => {
    const privateSubnets = { 'eu-central-1a': 'subnet-0a1b2c3d4e5f60718', 'eu-central-1b': 'subnet-0b1b2c3d4e5f60718' };
    const made = await make({ network: { kind: 'existing', vpcId: 'vpc-0a1b2c3d4e5f60718', privateSubnets } });
    expect(made.resources.filter(({ type }) => /ec2\/(vpc|subnet|route|nat|eip)/i.test(type))).toEqual([]);
    const tags = resourcesOf(made, 'aws:ec2/tag:Tag').map(({ inputs }) => [inputs.resourceId, inputs.key]);
    expect(tags).toEqual(
      expect.arrayContaining(Object.values(privateSubnets).map((subnet) => [subnet, 'karpenter.sh/discovery'])),
    );
    const { inputs } = resourceOf(made, 'aws:eks/cluster:Cluster', 'ds');
    expect(inputs.vpcConfig.subnetIds).toEqual(Object.values(privateSubnets));
  });
});

describe('control plane (CLOUD-1)', () => {
  test('GIVEN nothing but administrators WHEN made THEN the API is private, Secrets are encrypted, and nobody else gets in', () => {
    const made = usual;
    const { inputs } = resourceOf(made, 'aws:eks/cluster:Cluster', 'ds');
    expect(inputs).toMatchObject({
      version: '1.36',
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false },
      encryptionConfig: { provider: { keyArn: 'arn:aws:Key-ds' }, resources: ['secrets'] },
      upgradePolicy: { supportType: 'STANDARD' },
    });
    expect(inputs.vpcConfig).not.toHaveProperty('publicAccessCidrs');
    const entries = resourcesOf(made, 'aws:eks/accessEntry:AccessEntry').map((each) => each.inputs);
    expect(entries).toEqual([
      expect.objectContaining({ principalArn: 'arn:aws:iam::111122223333:role/deploy', type: 'STANDARD' }),
      expect.objectContaining({ principalArn: 'arn:aws:Role-ds-node', type: 'EC2_LINUX' }),
    ]);
    const log = resourceOf(made, 'aws:cloudwatch/logGroup:LogGroup', 'ds-control-plane');
    expect(log.inputs).toEqual({ name: '/aws/eks/test/cluster', retentionInDays: 90 });
  });

  test('GIVEN a cluster WHEN a zone is added THEN the cluster keeps the subnets it was made with, as EKS wants', () => {
    const { options } = resourceOf(usual, 'aws:eks/cluster:Cluster', 'ds');
    expect(options.ignoreChanges).toEqual(['vpcConfig.subnetIds']);
  });

  test('GIVEN a protected cloud WHEN its block or subnets would have to move THEN the preview refuses, because the cluster cannot', async () => {
    const kept = (made: MockedCloud) =>
      ['aws:ec2/vpc:Vpc', 'aws:ec2/subnet:Subnet'].flatMap((type) =>
        resourcesOf(made, type).map(({ options }) => options.protect),
      );
    expect(kept(usual)).toEqual(Array(5).fill(true));
    expect(kept(await make({ deletion: 'allowed' }))).toEqual(Array(5).fill(false));
  });

  test('GIVEN the keys of the services WHEN made THEN there is no key, and nothing refers to one', async () => {
    const made = await make({ encryption: 'aws-keys' });
    expect(made.resources.filter(({ type }) => type.startsWith('aws:kms'))).toEqual([]);
    expect(JSON.stringify(made.resources.map(({ inputs }) => inputs))).not.toMatch(/keyArn|kmsKeyId/);
    expect(resourceOf(made, 'aws:rds/instance:Instance', 'ds-database').inputs.storageEncrypted).toBe(true);
    expect(resourceOf(made, 'aws:efs/fileSystem:FileSystem', 'ds-homes').inputs.encrypted).toBe(true);
  });

  test('GIVEN add-ons WHEN made THEN the network enforces policies, controllers run on system nodes, and pins hold', async () => {
    const made = await make({ addOns: { coredns: 'v1.13.1-eksbuild.1' } });
    const addOn = (name: string) => resourceOf(made, 'aws:eks/addon:Addon', `ds-${name}`).inputs;
    expect(JSON.parse(addOn('vpc-cni').configurationValues)).toEqual({ enableNetworkPolicy: 'true' });
    const place = {
      nodeSelector: { 'atelier.dev/node-pool': 'system' },
      tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists', effect: 'NoSchedule' }],
    };
    expect(JSON.parse(addOn('coredns').configurationValues)).toEqual(place);
    expect(JSON.parse(addOn('aws-ebs-csi-driver').configurationValues)).toEqual({ controller: place });
    expect(addOn('coredns').addonVersion).toBe('v1.13.1-eksbuild.1');
    expect(addOn('kube-proxy')).not.toHaveProperty('addonVersion');
  });
});

describe('node groups (CLOUD-1, NODE-2)', () => {
  test('GIVEN cluster-autoscaler WHEN made THEN each zone has a group, whose Auto Scaling group carries every tag of the plan', () => {
    const made = autoscaled;
    const groups = bundleOf(cloudInput({}, AUTOSCALED)).cloud.filter(({ kind }) => kind === 'eks-managed-node-group');
    expect(groups).toHaveLength(6);
    for (const { name, spec } of groups) {
      const group = resourceOf(made, 'aws:eks/nodeGroup:NodeGroup', `ds-${name}`);
      expect(group.inputs.subnetIds).toHaveLength(1);
      const tags = resourcesOf(made, 'aws:autoscaling/tag:Tag')
        .filter(({ inputs }) => inputs.autoscalingGroupName === `eks-${name}-uuid`)
        .map(({ inputs }) => [inputs.tag.key, inputs.tag.value]);
      expect(Object.fromEntries(tags)).toEqual(spec.autoscalingTags);
    }
  });

  test('GIVEN a GPU pool WHEN made THEN its nodes join with its taints, and with the label that keeps a second from coming', () => {
    const made = autoscaled;
    const { inputs } = resourceOf(made, 'aws:eks/nodeGroup:NodeGroup', 'ds-gpu-eu-central-1a');
    expect(inputs).toMatchObject({
      amiType: 'AL2023_x86_64_NVIDIA',
      version: '1.36',
      releaseVersion: '1.36.3-20260724',
      scalingConfig: { minSize: 0, maxSize: 2, desiredSize: 0 },
      launchTemplate: { id: 'LaunchTemplate-ds-gpu-eu-central-1a', version: '7' },
    });
    expect(inputs.labels).toMatchObject({ 'k8s.amazonaws.com/accelerator': 'nvidia-a10g' });
    expect(inputs.taints).toContainEqual({ key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' });
    expect(made.calls.map((call) => call.inputs.name)).toContain(
      '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/nvidia/amazon-eks-node-al2023-x86_64-nvidia-1.36-v20260724/release_version',
    );
  });

  test('GIVEN groups that autoscaling has grown WHEN the bounds of one change THEN it keeps its nodes, and others are left alone', async () => {
    const groups = {
      'gpu-eu-central-1a': { minSize: 0, maxSize: 5, desiredSize: 4 },
      'gpu-eu-central-1b': { minSize: 0, maxSize: 2, desiredSize: 1 },
      'cpu-eu-central-1a': { minSize: 0, maxSize: 1, desiredSize: 1 },
    };
    const made = await mockedCloud(bundleOf(cloudInput({}, AUTOSCALED)), undefined, groups);
    const group = (name: string) => resourceOf(made, 'aws:eks/nodeGroup:NodeGroup', `ds-${name}`);
    // Fewer than there are: as many as may be.
    expect(group('gpu-eu-central-1a').inputs.scalingConfig).toEqual({ minSize: 0, maxSize: 2, desiredSize: 2 });
    expect(group('gpu-eu-central-1a').options.ignoreChanges).toEqual([]);
    expect(group('gpu-eu-central-1b').options.ignoreChanges).toEqual(['scalingConfig.desiredSize']);
    const { scalingConfig } = group('cpu-eu-central-1a').inputs;
    expect(scalingConfig).toMatchObject({ minSize: 0, desiredSize: 1 });
    expect(scalingConfig.maxSize).toBeGreaterThan(1);
  });

  test('GIVEN a launch template WHEN made THEN volumes are encrypted and pods cannot take the role of their node', () => {
    const made = usual;
    const { inputs } = resourceOf(made, 'aws:ec2/launchTemplate:LaunchTemplate', 'ds-system');
    expect(inputs.metadataOptions).toMatchObject({ httpTokens: 'required', httpPutResponseHopLimit: 1 });
    expect(inputs.blockDeviceMappings).toEqual([
      { deviceName: '/dev/xvda', ebs: expect.objectContaining({ encrypted: 'true', volumeSize: 100 }) },
    ]);
    expect(inputs).not.toHaveProperty('userData');
    expect(inputs).not.toHaveProperty('imageId');
  });

  test('GIVEN a cap on pods WHEN made THEN the user data has one part for nodeadm, and EKS adds its own', async () => {
    const made = await make({}, { nodePools: system({ maxPods: 60 }) });
    const text = decoded(resourceOf(made, 'aws:ec2/launchTemplate:LaunchTemplate', 'ds-system').inputs.userData);
    expect(text).toMatch(
      /^MIME-Version: 1.0\nContent-Type: multipart\/mixed; boundary="==ATELIER=="\n\n--==ATELIER==\n/,
    );
    expect(text).toContain(
      'Content-Type: application/node.eks.aws\n\napiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig',
    );
    expect(text).toContain('maxPods: 60');
    expect(text).not.toContain('apiServerEndpoint');
    expect(text.endsWith('--==ATELIER==--\n')).toBe(true);
  });

  test('GIVEN an AMI of our own WHEN made THEN the user data says what EKS does not say then', async () => {
    const made = await make({}, { nodePools: system({ image: { amiId: 'ami-0123456789abcdef0' } }) });
    const template = resourceOf(made, 'aws:ec2/launchTemplate:LaunchTemplate', 'ds-system').inputs;
    expect(template.imageId).toBe('ami-0123456789abcdef0');
    const text = decoded(template.userData);
    expect(text).toContain('apiServerEndpoint: https://ds.example.org');
    expect(text).toContain('certificateAuthority: Q0E=');
    expect(text).toContain('cidr: 172.20.0.0/16');
    expect(text).toContain('--node-labels=atelier.dev/node-pool=system');
    const group = resourceOf(made, 'aws:eks/nodeGroup:NodeGroup', 'ds-system').inputs;
    for (const key of ['amiType', 'version', 'releaseVersion']) expect(group).not.toHaveProperty(key);
  });

  test('GIVEN Bottlerocket with an AMI of our own WHEN made THEN its settings join the cluster with labels and taints', async () => {
    const image = { family: 'bottlerocket', version: '1.50.0', amiId: 'ami-0123456789abcdef0' };
    const made = await make({}, { nodePools: system({ image, maxPods: 60 }) });
    const text = decoded(resourceOf(made, 'aws:ec2/launchTemplate:LaunchTemplate', 'ds-system').inputs.userData);
    expect(text).toBe(
      [
        '["settings"."kubernetes"]',
        '"max-pods" = 60',
        '"cluster-name" = "test"',
        '"api-server" = "https://ds.example.org"',
        '"cluster-certificate" = "Q0E="',
        '["settings"."kubernetes"."node-labels"]',
        '"atelier.dev/node-pool" = "system"',
        '["settings"."kubernetes"."node-taints"]',
        '"CriticalAddonsOnly" = ["true:NoSchedule"]',
        '',
      ].join('\n'),
    );
  });
});

describe('Karpenter in AWS (CLOUD-1, NODE-3)', () => {
  test('GIVEN Karpenter WHEN made THEN it has its queue, five rules, six policies, and finds the security group of nodes', () => {
    const made = usual;
    expect(resourceOf(made, 'aws:sqs/queue:Queue', 'ds-interruptions').inputs).toEqual({
      name: 'test',
      messageRetentionSeconds: 300,
      sqsManagedSseEnabled: true,
    });
    const rules = resourcesOf(made, 'aws:cloudwatch/eventRule:EventRule').map(({ inputs }) =>
      JSON.parse(inputs.eventPattern),
    );
    expect(rules).toHaveLength(5);
    expect(rules).toContainEqual({ source: ['aws.ec2'], 'detail-type': ['EC2 Spot Instance Interruption Warning'] });
    const targets = resourcesOf(made, 'aws:cloudwatch/eventTarget:EventTarget');
    expect(new Set(targets.map(({ inputs }) => inputs.arn))).toEqual(new Set(['arn:aws:Queue-ds-interruptions']));
    const policies = resourcesOf(made, 'aws:iam/policy:Policy').map(({ name }) => name);
    expect(policies.filter((name) => name.startsWith('test-karpenter-'))).toHaveLength(6);
    const discovery = resourcesOf(made, 'aws:ec2/tag:Tag').map(({ inputs }) => inputs);
    expect(discovery).toEqual([{ resourceId: 'sg-of-ds', key: 'karpenter.sh/discovery', value: 'test' }]);
  });

  test('GIVEN cluster-autoscaler WHEN made THEN it may resize groups of this cluster only, and there is no queue', () => {
    const made = autoscaled;
    expect(made.resources.filter(({ type }) => type.startsWith('aws:sqs'))).toEqual([]);
    const policy = JSON.parse(
      resourceOf(made, 'aws:iam/policy:Policy', 'test-cluster-autoscaler-scaling').inputs.policy,
    );
    expect(policy.Statement[1].Condition.StringEquals).toEqual({
      'aws:ResourceTag/k8s.io/cluster-autoscaler/enabled': 'true',
      'aws:ResourceTag/k8s.io/cluster-autoscaler/test': 'owned',
    });
  });
});

test('GIVEN an EKS cluster without a cloud WHEN a cloud is asked for THEN it says so', async () => {
  await expect(mockedCloud(bundleOf(eksInput()))).rejects.toThrow('"test" has no cluster.cloud');
});
