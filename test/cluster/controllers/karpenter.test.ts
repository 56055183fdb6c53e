import { describe, expect, it } from 'vitest';
import type { Bundle } from '../../../lib/bundle/bundle.ts';
import { awsAnswer, forwarded } from '../../../lib/cluster/controllers/karpenter/aws-answers.ts';
import { type AwsRequest, queryCall, targetCall } from '../../../lib/cluster/controllers/karpenter/aws-call.ts';
import { imageArchitecture, imageOfParameter } from '../../../lib/cluster/controllers/karpenter/node-images.ts';
import { type KarpenterSettings, karpenterSettings } from '../../../lib/cluster/controllers/karpenter/settings.ts';
import { karpenterVariables } from '../../../lib/cluster/controllers/karpenter/variables.ts';
import type { EnvironmentInput } from '../../../lib/model/environment.ts';
import { synthesize } from '../../../stacks/synth.ts';
import { eksInput } from '../../fixtures/environment.ts';

function bundleOf(input: EnvironmentInput): Bundle {
  const synthesis = synthesize(input);
  if (synthesis.kind === 'invalid') throw new Error(JSON.stringify(synthesis.problems));
  return synthesis.bundle;
}

function settingsOf(input: EnvironmentInput): KarpenterSettings {
  const settings = karpenterSettings(bundleOf(input));
  if (settings === undefined) throw new Error('no Karpenter');
  return settings;
}

const settings = settingsOf(eksInput());
const ask = (request: AwsRequest, of = settings): string => awsAnswer(request, of)?.body ?? 'for moto';
const ec2 = (Action: string, parameters: Readonly<Record<string, string>> = {}): AwsRequest =>
  queryCall('ec2', 'eu-central-1', { Action, ...parameters });

describe('Karpenter on a local cluster (PROVE-5)', () => {
  it('GIVEN an environment WHEN Karpenter asks AWS for something THEN its account, zones, roles and selectors are known', () => {
    const { cluster, zones, kubernetesVersion, nodeClasses, namespace } = settings;
    expect([cluster, zones, kubernetesVersion, namespace]).toEqual([
      { name: 'test', region: 'eu-central-1', accountId: '111122223333' },
      ['eu-central-1a', 'eu-central-1b'],
      '1.36',
      'kube-system',
    ]);
    expect(nodeClasses.map(({ name, role, subnets }) => [name, role, subnets])).toEqual(
      ['cpu', 'gpu'].map((name) => [name, 'test-node', [{ tags: { 'karpenter.sh/discovery': 'test' } }]]),
    );
    // They are written down and compared with those of the next start.
    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
    const nodePools = eksInput().nodePools.map((pool) =>
      pool.name === 'gpu'
        ? { ...pool, capacity: { kind: 'ec2' as const, instanceTypes: ['g5.xlarge'], max: 4 } }
        : pool,
    );
    const other = bundleOf(eksInput({ nodePools, autoscaler: { kind: 'cluster-autoscaler' } }));
    expect(karpenterSettings(other)).toBeUndefined();
  });

  it('GIVEN the values of the chart WHEN Karpenter starts THEN it has the variables that the chart would give it', () => {
    const autoscaler = { kind: 'karpenter', batchIdle: '3s', batchMax: '20s', interruptionQueue: 'events' } as const;
    expect(karpenterVariables(settingsOf(eksInput({ autoscaler })).values)).toEqual({
      BATCH_IDLE_DURATION: '3s',
      BATCH_MAX_DURATION: '20s',
      CLUSTER_NAME: 'test',
      CPU_REQUESTS: '500',
      FEATURE_GATES: 'NodeOverlay=false',
      INTERRUPTION_QUEUE: 'events',
      MEMORY_LIMIT: String(2 ** 30),
    });
    expect(
      karpenterVariables({ settings: { isolatedVPC: false, reservedENIs: '1', clusterEndpoint: 'https://x' } }),
    ).toEqual({
      RESERVED_ENIS: '1',
    });
  });

  it('GIVEN what moto lacks WHEN it is asked for THEN prices are those of the catalogue and offerings are of the zones', () => {
    const { PriceList } = JSON.parse(
      ask(targetCall('pricing', 'us-east-1', 'AWSPriceListService.GetProducts', {})),
    ) as {
      readonly PriceList: readonly string[];
    };
    const price = PriceList.map((text) => JSON.parse(text)).find(
      ({ product }) => product.attributes.instanceType === 'g5.xlarge',
    );
    expect(price.terms.OnDemand.term.priceDimensions.hour.pricePerUnit.USD).toBe('1.006');
    const offerings = ask(ec2('DescribeInstanceTypeOfferings'));
    expect(offerings).toContain(
      '<instanceType>g5.xlarge</instanceType><locationType>availability-zone</locationType><location>eu-central-1b</location>',
    );
    expect(offerings).not.toContain('eu-central-1c');
    expect(ask(ec2('DescribeSpotPriceHistory'))).toContain('<spotPrice>0.3521</spotPrice>');
    expect(ask(ec2('DescribePlacementGroups'))).toContain('<placementGroupSet/>');
    expect(ask(ec2('DescribeSubnets'))).toBe('for moto');
  });

  it('GIVEN public parameters of images WHEN they are asked for THEN each has an image of its own, of the right architecture', () => {
    const path = (architecture: string, variant: string): string =>
      `/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/${architecture}/${variant}/recommended/image_id`;
    const paths = [
      path('x86_64', 'standard'),
      path('x86_64', 'nvidia'),
      path('arm64', 'standard'),
      '/aws/service/bottlerocket/aws-k8s-1.36-nvidia/arm64/1.60.0/image_id',
    ];
    const images = paths.map((each) => imageOfParameter(each) ?? '');
    expect(new Set(images).size).toBe(paths.length);
    for (const image of images) expect(image).toMatch(/^ami-[0-9a-f]{17}$/);
    expect(images.map((image) => imageArchitecture(image, []))).toEqual(['x86_64', 'x86_64', 'arm64', 'arm64']);
    expect(ask(targetCall('ssm', 'eu-central-1', 'AmazonSSM.GetParameter', { Name: paths[2] ?? '' }))).toContain(
      images[2],
    );
    const unknown = awsAnswer(
      targetCall('ssm', 'eu-central-1', 'AmazonSSM.GetParameter', { Name: '/other' }),
      settings,
    );
    expect([unknown?.status, unknown?.body]).toEqual([400, expect.stringContaining('ParameterNotFound')]);
    const described = ask(ec2('DescribeImages', { 'Filter.1.Name': 'image-id', 'Filter.1.Value.1': images[2] ?? '' }));
    expect(described).toContain(`<imageId>${images[2]}</imageId>`);
    expect(described).toContain('<architecture>arm64</architecture>');
    expect(ask(ec2('DescribeImages', { 'Filter.1.Name': 'name', 'Filter.1.Value.1': 'ours' }))).toBe('for moto');
  });

  it('GIVEN an image of the environment WHEN it is described THEN it has the architecture of the pool', () => {
    const nodePools = eksInput().nodePools.map((pool) =>
      pool.name === 'cpu'
        ? {
            ...pool,
            capacity: {
              kind: 'ec2' as const,
              instanceTypes: ['m7g.4xlarge'],
              max: 3,
              image: { amiId: 'ami-0123456789abcdef0' },
            },
          }
        : pool,
    );
    const own = settingsOf(eksInput({ nodePools }));
    const request = ec2('DescribeImages', { 'Filter.1.Name': 'image-id', 'Filter.1.Value.1': 'ami-0123456789abcdef0' });
    expect(ask(request, own)).toContain('<architecture>arm64</architecture>');
  });

  it('GIVEN a request for instance types WHEN it goes on to moto THEN only those of the catalogue are asked for', () => {
    const request = ec2('DescribeInstanceTypes', { 'Filter.1.Name': 'bare-metal', 'Filter.1.Value.1': 'false' });
    const parameters = new URLSearchParams(forwarded(request).body);
    expect(parameters.get('Filter.1.Name')).toBe('bare-metal');
    expect(parameters.get('Filter.2.Name')).toBe('instance-type');
    expect([...parameters.values()]).toContain('g7e.8xlarge');
    expect(forwarded(ec2('DescribeSubnets'))).toEqual(ec2('DescribeSubnets'));
  });
});
