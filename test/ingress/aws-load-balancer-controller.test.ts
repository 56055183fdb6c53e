import { describe, expect, test } from 'vitest';
import { unknownValuePaths } from '../../lib/helm/values-paths.ts';
import { AwsLoadBalancerController } from '../../lib/ingress/aws-load-balancer-controller.ts';
import { AwsLoadBalancerMetrics } from '../../lib/ingress/aws-load-balancer-metrics.ts';
import type { AwsLoadBalancerValues } from '../../lib/ingress/aws-load-balancer-values.ts';
import type { EnvironmentInput } from '../../lib/model/environment.ts';
import { synthesize as synthesizeEnvironment } from '../../stacks/synth.ts';
import { cloudInput } from '../fixtures/cloud.ts';
import { eksInput, onPremisesInput, platformOf } from '../fixtures/environment.ts';
import { manifestsOf, synthesize } from '../fixtures/synthesize.ts';

function made(input: EnvironmentInput) {
  const platform = platformOf(input);
  return synthesize((scope) => {
    new AwsLoadBalancerController(scope, 'controller', { platform });
    new AwsLoadBalancerMetrics(scope, 'metrics', { platform });
  });
}

function valuesOf(input: EnvironmentInput): AwsLoadBalancerValues & { vpcId?: string; vpcTags?: object } {
  const [release] = made(input).releases;
  if (!release) throw new Error('no release');
  expect(unknownValuePaths(release.chart.name, release.values)).toEqual([]);
  return release.values as unknown as AwsLoadBalancerValues;
}

const EXISTING_NETWORK = {
  kind: 'existing' as const,
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  privateSubnets: { 'eu-central-1a': 'subnet-0a1b2c3d', 'eu-central-1b': 'subnet-0b1c2d3e' },
};
const STATED = { kind: 'aws-load-balancer-controller', vpcId: 'vpc-0123456789abcdef0', replicas: 1 } as const;

describe('the AWS Load Balancer Controller (CLOUD-1)', () => {
  test('GIVEN a cluster that Atelier makes and class alb WHEN composed THEN it is installed for Ingresses only', () => {
    expect(valuesOf(cloudInput({ tags: { 'cost-center': 'research: 7' } }))).toEqual({
      clusterName: 'test',
      region: 'eu-central-1',
      vpcTags: { Name: 'test', 'atelier.dev/environment': 'test' },
      serviceAccount: { name: 'aws-load-balancer-controller' },
      replicaCount: 2,
      podDisruptionBudget: { maxUnavailable: 1 },
      resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { memory: '500Mi' } },
      nodeSelector: { 'atelier.dev/node-pool': 'system' },
      tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists', effect: 'NoSchedule' }],
      defaultTargetType: 'ip',
      controllerConfig: { featureGates: { EnableServiceController: false } },
      enableServiceMutatorWebhook: false,
      keepTLSSecret: true,
      ingressClassParams: {
        spec: {
          tags: [
            { key: 'atelier.dev/environment', value: 'test' },
            { key: 'atelier.dev/made-by', value: 'atelier' },
            { key: 'cost-center', value: 'research: 7' },
          ],
        },
      },
    });
  });

  test('GIVEN it WHEN its identity is planned THEN it is that of its ServiceAccount, by Pod Identity', () => {
    const { cloud, releases } = made(cloudInput());
    expect(releases.map(({ namespace }) => namespace)).toEqual(['kube-system']);
    expect(cloud).toHaveLength(1);
    expect(cloud[0]).toMatchObject({
      kind: 'eks-pod-identity',
      spec: {
        namespace: 'kube-system',
        serviceAccount: valuesOf(cloudInput()).serviceAccount.name,
        role: 'test-aws-load-balancer-controller',
        managedPolicies: [],
      },
    });
  });

  test('GIVEN a VPC that Atelier makes THEN the tags it is looked for by are those that it gets', () => {
    const synthesis = synthesizeEnvironment(cloudInput());
    if (synthesis.kind !== 'accepted') throw new Error(synthesis.kind);
    const vpc = synthesis.bundle.cloud.find(({ kind }) => kind === 'vpc');
    // The tag of the environment is on everything that is made (test/pulumi/aws).
    expect(valuesOf(cloudInput()).vpcTags).toEqual({
      ...(vpc?.spec.tags as object),
      'atelier.dev/environment': synthesis.bundle.environment,
    });
    expect(synthesis.bundle.lateValues).not.toContain('vpc-id');
  });

  test.each([
    ['a VPC of somebody else', cloudInput({ network: EXISTING_NETWORK }), 'vpc-0a1b2c3d4e5f60718'],
    ['a cluster of somebody else', eksInput({ ingressController: STATED }), 'vpc-0123456789abcdef0'],
  ])('GIVEN %s THEN the id that is stated is all it needs', (_, input, vpcId) => {
    const values = valuesOf(input);
    expect(values.vpcId).toBe(vpcId);
    expect(values).not.toHaveProperty('vpcTags');
  });

  test.each([
    ['a controller that the cluster has', cloudInput({}, { ingressController: { kind: 'existing' } })],
    [
      'another class',
      cloudInput(
        {},
        {
          workbench: {
            ...cloudInput().workbench,
            ingress: { host: 'wb.example.org', className: 'nginx', tlsSecret: 'tls' },
          },
        },
      ),
    ],
    ['a cluster without a word about it', eksInput({ ingressController: undefined })],
    ['a cluster without a cloud', onPremisesInput()],
  ])('GIVEN %s THEN nothing is installed, granted or scraped', (_, input) => {
    expect(made(input)).toEqual({ objects: [], releases: [], cloud: [], files: [] });
  });

  test('MON-1 GIVEN it THEN Prometheus finds its pods by a Service of its own', () => {
    const collected = made(cloudInput());
    const service = manifestsOf(collected, 'Service')['aws-load-balancer-controller-metrics'];
    const monitor = manifestsOf(collected, 'ServiceMonitor')['aws-load-balancer-controller'];
    // Labels and port of the chart's pods (templates/_helpers.tpl and deployment.yaml of 3.5.0).
    expect(service?.spec).toMatchObject({
      selector: {
        'app.kubernetes.io/name': 'aws-load-balancer-controller',
        'app.kubernetes.io/instance': 'aws-load-balancer-controller',
      },
      ports: [{ name: 'metrics-server', targetPort: 'metrics-server' }],
    });
    expect(monitor?.spec).toMatchObject({
      selector: { matchLabels: service?.metadata.labels },
      endpoints: [{ port: 'metrics-server' }],
    });
    expect(monitor?.metadata.namespace).toBe(service?.metadata.namespace);
  });
});
