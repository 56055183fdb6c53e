import { Config } from '@pulumi/pulumi/config.js';
import { RunError } from '@pulumi/pulumi/errors.js';
import * as log from '@pulumi/pulumi/log/index.js';
import { getStack } from '@pulumi/pulumi/metadata.js';
import type { Output } from '@pulumi/pulumi/output.js';
import type { Bundle } from '../lib/bundle/bundle.ts';
import { formatProblem, InvalidEnvironmentError, type Problem } from '../lib/core/problem.ts';
import { loadEnvironment } from '../lib/loader/load.ts';
import { cloudOf } from '../lib/model/cluster.ts';
import { bindBundle } from '../lib/pulumi/bind.ts';
import { checkpointAdvice } from '../lib/pulumi/checkpoint-advice.ts';
import type { CloudOutputs } from '../lib/pulumi/cloud-outputs.ts';
import { gitOpsAdvice } from '../lib/pulumi/git-ops-advice.ts';
import type { ClusterAccess } from '../lib/pulumi/kubernetes-provider.ts';
import { synthesize } from './synth.ts';

/** Problems are for people: no stack trace of ours around them. */
function refusal(environment: string, problems: readonly Problem[]): RunError {
  return new RunError(`${environment} is not applied:\n${problems.map(formatProblem).join('\n')}`);
}

/** The Bundle of the environment that the stack is named after, as `atelier synth` makes it. */
async function bundleOfStack(environment: string): Promise<Bundle> {
  try {
    const { input } = await loadEnvironment(environment);
    const synthesis = synthesize(input);
    const problems = synthesis.kind === 'invalid' ? synthesis.problems : synthesis.findings;
    if (synthesis.kind !== 'accepted') throw refusal(environment, problems);
    if (problems.length > 0) await log.info(`${problems.length} warnings: "atelier check ${environment}" names them.`);
    return synthesis.bundle;
  } catch (error) {
    throw error instanceof InvalidEnvironmentError ? refusal(environment, error.problems) : error;
  }
}

/** How to reach a cluster that exists: by the stack's configuration, else as kubectl would. */
function configuredAccess(cluster: string): ClusterAccess {
  const config = new Config('atelier');
  const kubeconfig: Output<string> | undefined = config.getSecret('kubeconfig');
  const context = config.get('context');
  return { cluster, ...(kubeconfig ? { kubeconfig } : {}), ...(context === undefined ? {} : { context }) };
}

/** The cloud that the environment asks for; nothing of AWS is loaded where it asks for none. */
async function askedCloud(bundle: Bundle): Promise<CloudOutputs | undefined> {
  const { environment } = bundle.platform;
  if (!cloudOf(environment)) return undefined;
  const { makeCloud } = await import('../lib/pulumi/aws/make-cloud.ts');
  return makeCloud(environment.cluster.name, bundle);
}

/** Outputs of the stack. */
export interface Deployed {
  readonly environment: string;
  readonly cluster: string;
  /** Where what was applied can be read, an object a file, and what writes it. */
  readonly reviewed: string;
}

/** Entry of Pulumi.yaml: applies the environment that the stack is named after. */
export async function deploy(): Promise<Deployed> {
  const environment = getStack();
  const bundle = await bundleOfStack(environment);
  const { cluster } = bundle.platform.environment;
  const costs = checkpointAdvice(bundle.objects.length + bundle.releases.length);
  if (costs !== undefined) await log.info(costs);
  const other = gitOpsAdvice(bundle.platform.environment);
  if (other !== undefined) await log.warn(other);
  const cloud = await askedCloud(bundle);
  if (cloud) {
    await bindBundle(bundle, { access: { cluster: cluster.name, kubeconfig: cloud.kubeconfig }, cloud });
  } else {
    await bindBundle(bundle, { access: configuredAccess(cluster.name) });
  }
  return {
    environment,
    cluster: cluster.name,
    reviewed: `dist/${environment}, as "atelier synth ${environment}" writes it`,
  };
}
