import * as pulumi from '@pulumi/pulumi';
import type { Bundle } from '../../../lib/bundle/bundle.ts';
import type { LateValueName } from '../../../lib/core/late-value.ts';
import { withoutStackTraces } from '../without-stack-traces.ts';
import { awsAnswers, awsFunctionAnswers, type LiveGroups } from './aws-answers.ts';

/** A resource as the program asks the engine for it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  // Inputs of two hundred types, read by path.
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of an input is its type
  readonly inputs: Readonly<Record<string, any>>;
  readonly provider?: string;
  /** Options that a mock is not told of by Pulumi; taken by a transformation. */
  readonly options: Readonly<pulumi.CustomResourceOptions>;
}

export interface MockedCloud {
  readonly resources: readonly Registered[];
  /** Functions of the provider that were called. */
  readonly calls: readonly { readonly token: string; readonly inputs: Readonly<Record<string, unknown>> }[];
  readonly kubeconfig: string;
  readonly kubeconfigIsSecret: boolean;
  readonly lateValues: Readonly<Partial<Record<LateValueName, string>>>;
}

function settled<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/** What the engine says of a resource that was made. */
export type Answer = (resource: pulumi.runtime.MockResourceArgs) => pulumi.runtime.MockResourceResult;

const readableAnswer: Answer = (resource) => {
  const { type, name, inputs } = resource;
  const id = `${type.split(':').at(-1)}-${name}`;
  return { id, state: { arn: `arn:aws:${id}`, name, ...inputs, ...awsAnswers(resource) } };
};

/** Runs the component against an engine that only writes down what it is asked for: no AWS, no CLI, no provider. */
export function mockedCloud(
  bundle: Bundle,
  answer: Answer = readableAnswer,
  groups: LiveGroups = {},
): Promise<MockedCloud> {
  return withoutStackTraces(() => recordCloud(bundle, answer, groups));
}

async function recordCloud(bundle: Bundle, answer: Answer, groups: LiveGroups): Promise<MockedCloud> {
  const registered: Omit<Registered, 'options'>[] = [];
  const options = new Map<string, pulumi.CustomResourceOptions>();
  const calls: { token: string; inputs: Record<string, unknown> }[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        const { type, name, inputs, provider } = args;
        registered.push({ type, name, inputs, ...(provider ? { provider } : {}) });
        return answer(args);
      },
      call: ({ token, inputs }) => {
        calls.push({ token, inputs });
        return { ...inputs, ...awsFunctionAnswers(token, inputs, groups) };
      },
    },
    'atelier',
    bundle.environment,
    false,
  );
  const { makeCloud } = await import('../../../lib/pulumi/aws/make-cloud.ts');
  const cloud = await makeCloud('ds', bundle, {
    transformations: [
      ({ type, name, opts }) => {
        options.set(`${type} ${name}`, opts);
        return undefined;
      },
    ],
  });
  const names = Object.keys(cloud.lateValues) as LateValueName[];
  const values = await Promise.all(
    names.map(async (name) => [name, await settled(cloud.lateValues[name] ?? pulumi.output(''))] as const),
  );
  const kubeconfig = await settled(cloud.kubeconfig);
  const kubeconfigIsSecret = await pulumi.isSecret(cloud.kubeconfig);
  await pulumi.runtime.disconnect();
  const resources = registered
    .map((each) => ({ ...each, options: options.get(`${each.type} ${each.name}`) ?? {} }))
    .sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1));
  return { resources, calls, kubeconfig, kubeconfigIsSecret, lateValues: Object.fromEntries(values) };
}

/** Resources of one type, by their logical name. */
export function resourcesOf({ resources }: MockedCloud, type: string): readonly Registered[] {
  return resources.filter((each) => each.type === type);
}

/** The resource of that type and name; a test that names a missing one is wrong. */
export function resourceOf(cloud: MockedCloud, type: string, name: string): Registered {
  const found = resourcesOf(cloud, type).find((each) => each.name === name);
  if (!found) {
    const names = resourcesOf(cloud, type).map((each) => each.name);
    throw new Error(`There is no ${type} "${name}", only ${names.join(', ') || 'none'}.`);
  }
  return found;
}
