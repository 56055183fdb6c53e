import * as pulumi from '@pulumi/pulumi';
import type { Bundle } from '../../../lib/bundle/bundle.ts';
import type { LateValueName } from '../../../lib/core/late-value.ts';

/** A resource as the program asks the engine for it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly provider?: string;
}

export interface MockedCloud {
  readonly resources: readonly Registered[];
  readonly calls: readonly { readonly token: string; readonly inputs: Readonly<Record<string, unknown>> }[];
  readonly kubeconfig: string;
  readonly kubeconfigIsSecret: boolean;
  readonly lateValues: Readonly<Partial<Record<LateValueName, string>>>;
}

/** What AWS answers beside what it was told, as far as other resources use it. */
function outputs({ type, name, inputs }: pulumi.runtime.MockResourceArgs): Readonly<Record<string, unknown>> {
  switch (type) {
    case 'aws:eks/cluster:Cluster':
      return {
        endpoint: `https://${name}.example.org`,
        certificateAuthority: { data: 'Q0E=' },
        vpcConfig: { ...inputs.vpcConfig, clusterSecurityGroupId: `sg-of-${name}` },
      };
    case 'aws:eks/nodeGroup:NodeGroup':
      return { resources: [{ autoscalingGroups: [{ name: `eks-${inputs.nodeGroupName}-uuid` }] }] };
    case 'aws:rds/instance:Instance':
      return { address: `${inputs.identifier}.c1a2b3c4d5e6.eu-central-1.rds.amazonaws.com` };
    case 'aws:ec2/launchTemplate:LaunchTemplate':
      return { latestVersion: 1 };
    default:
      return {};
  }
}

function settled<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/** Runs the component against an engine that only writes down what it is asked for: a mock, no AWS and no CLI. */
export async function mockedCloud(bundle: Bundle): Promise<MockedCloud> {
  const resources: Registered[] = [];
  const calls: { token: string; inputs: Record<string, unknown> }[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        const { type, name, inputs, provider } = args;
        resources.push({ type, name, inputs, ...(provider ? { provider } : {}) });
        const id = `${type.split(':').at(-1)}-${name}`;
        return { id, state: { arn: `arn:aws:${id}`, name, ...inputs, ...outputs(args) } };
      },
      call: ({ token, inputs }) => {
        calls.push({ token, inputs });
        return { ...inputs, value: '1.36.3-20260724' };
      },
    },
    'atelier',
    bundle.environment,
    false,
  );
  const { Cloud } = await import('../../../lib/pulumi/aws/cloud.ts');
  const cloud = new Cloud(bundle.platform.environment.cluster.name, { bundle });
  const names = Object.keys(cloud.lateValues) as LateValueName[];
  const values = await Promise.all(
    names.map(async (name) => [name, await settled(cloud.lateValues[name] ?? pulumi.output(''))] as const),
  );
  const kubeconfig = await settled(cloud.kubeconfig);
  const kubeconfigIsSecret = await pulumi.isSecret(cloud.kubeconfig);
  await pulumi.runtime.disconnect();
  return { resources, calls, kubeconfig, kubeconfigIsSecret, lateValues: Object.fromEntries(values) };
}
