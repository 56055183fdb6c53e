import { runtime } from '@pulumi/pulumi';
import type { JsonObject } from '../../lib/core/json.ts';
import { awsAnswers, awsFunctionAnswers } from './aws/aws-answers.ts';
import { withoutStackTraces } from './without-stack-traces.ts';

/** What a program asked of Pulumi's engine for one resource. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Inputs as they were sent; a secret is a map with a signature and its value. */
  readonly inputs: JsonObject;
  /** URNs. */
  readonly dependencies: readonly string[];
  readonly provider: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
}

/** The part of a registration request that is read here (pulumirpc.RegisterResourceRequest). */
interface Request {
  readonly getType: () => string;
  readonly getName: () => string;
  readonly getParent: () => string;
  readonly getObject: () => { readonly toJavaScript: () => JsonObject } | undefined;
  readonly getDependenciesList: () => string[];
  readonly getProvider: () => string;
  readonly getProtect: () => boolean;
  readonly getRetainondelete: () => boolean;
}

/** What the SDK's types leave out of this module. */
interface RuntimeSettings {
  readonly setMockOptions: (monitor: unknown, project: string, stack: string) => void;
  readonly waitForRPCs: () => Promise<void>;
}

/** Runs a program against Pulumi's mocks and gives back what it registered, in order, and its outputs. */
export async function recordProgram<T>(
  stack: string,
  program: () => T | Promise<T>,
): Promise<{ readonly registrations: readonly Registration[]; readonly outputs: T | undefined }> {
  const { MockMonitor } = await import('@pulumi/pulumi/runtime/mocks.js');
  const registrations: Registration[] = [];
  class Recorder extends MockMonitor {
    override registerResource(request: Request, callback: (error: unknown, response: unknown) => void): Promise<void> {
      return super.registerResource(request, (error, response: { readonly getUrn: () => string }) => {
        registrations.push({
          type: request.getType(),
          name: request.getName(),
          urn: response?.getUrn(),
          inputs: request.getObject()?.toJavaScript() ?? {},
          dependencies: request.getDependenciesList(),
          provider: request.getProvider(),
          protect: request.getProtect(),
          retainOnDelete: request.getRetainondelete(),
        });
        callback(error, response);
      });
    }
  }
  const { setMockOptions, waitForRPCs } = (await import(
    '@pulumi/pulumi/runtime/settings.js'
  )) as unknown as RuntimeSettings;
  const mocks = {
    call: ({ token, inputs }: runtime.MockCallArgs) => awsFunctionAnswers(token, inputs),
    newResource: (args: runtime.MockResourceArgs) => ({
      id: args.name,
      state: { ...args.inputs, ...awsAnswers(args) },
    }),
  };
  await runtime.setMocks(mocks, 'atelier', stack);
  setMockOptions(new Recorder(mocks), 'atelier', stack);
  let outputs: T | undefined;
  let failure: unknown;
  // A failure inside the stack would also reject its outputs, which nobody looks at.
  await withoutStackTraces(async () => {
    await runtime.runInPulumiStack(async () => {
      try {
        outputs = await program();
      } catch (error) {
        failure = error;
      }
      return {};
    });
    await waitForRPCs();
  });
  if (failure !== undefined) throw failure;
  return { registrations: registrations.filter(({ type }) => type !== 'pulumi:pulumi:Stack'), outputs };
}
