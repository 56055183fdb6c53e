import { RunError } from '@pulumi/pulumi/errors.js';
import type { Inputs } from '@pulumi/pulumi/output.js';
import protocol from '@pulumi/pulumi/proto/resource_pb.js';
import { ProviderResource, type Resource } from '@pulumi/pulumi/resource.js';
import { serializeResourceProperties } from '@pulumi/pulumi/runtime/rpc.js';
import { getMonitor, terminateRpcs } from '@pulumi/pulumi/runtime/settings.js';
import { getStackResource } from '@pulumi/pulumi/runtime/stack.js';
import struct from 'google-protobuf/google/protobuf/struct_pb.js';
import type { JsonObject } from '../core/json.ts';
import type { Protection } from './protection.ts';
import type { ResourceIdentity } from './resource-identity.ts';

/** One resource, as the engine is told of it. */
export interface Registration extends ResourceIdentity {
  /** Plain data, or with Outputs in it, such as late values and secrets. */
  readonly inputs:
    | { readonly kind: 'plain'; readonly data: JsonObject }
    | { readonly kind: 'with-outputs'; readonly data: Inputs };
  /** @default nothing is protected or retained */
  readonly protection?: Protection;
  /** Outputs that are kept encrypted, whatever the provider says of them. @default none */
  readonly secretOutputs?: readonly string[];
}

/** What the registrations of a program have in common. */
export interface Registrar {
  /** URN and identifier of the provider. */
  readonly provider: string;
  /** URN of the stack, which all are children of. */
  readonly stack: string;
}

/** gRPC's codes of an engine that stops: it has told the user why. */
const [CANCELLED, UNAVAILABLE] = [1, 14];

/** By which the engine knows a resource, once it does. */
export function urnOf(resource: Resource): Promise<string> {
  return new Promise((resolve) => resource.urn.apply(resolve));
}

/** Resolves when the provider is registered. */
export async function makeRegistrar(provider: ProviderResource): Promise<Registrar> {
  const stack = getStackResource();
  return { provider: (await ProviderResource.register(provider)) ?? '', stack: stack ? await urnOf(stack) : '' };
}

/** Sets the inputs, and on which resources each depends; an engine that is not told so takes all for all. */
async function setInputs(request: protocol.RegisterResourceRequest, { name, inputs }: Registration): Promise<void> {
  const { PropertyDependencies } = protocol.RegisterResourceRequest;
  const dependencies = request.getPropertydependenciesMap();
  if (inputs.kind === 'plain') {
    // Undefined is nothing in JSON, and an error in a Struct.
    const data = JSON.parse(JSON.stringify(inputs.data)) as Record<string, struct.JavaScriptValue>;
    request.setObject(struct.Struct.fromJavaScript(data));
    for (const property of Object.keys(data)) dependencies.set(property, new PropertyDependencies());
    return;
  }
  const [data, sources] = await serializeResourceProperties(name, inputs.data);
  request.setObject(struct.Struct.fromJavaScript(data));
  for (const [property, resources] of sources) {
    const urns = await Promise.all([...resources].map(urnOf));
    dependencies.set(property, new PropertyDependencies().setUrnsList(urns));
    for (const urn of urns) request.addDependencies(urn);
  }
}

function send(request: protocol.RegisterResourceRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const monitor = getMonitor();
    if (!monitor) throw new RunError('The program runs without an engine: start it by "pulumi up".');
    monitor.registerResource(request, (error) => {
      if (!error) resolve();
      // Never settles: nothing that comes after it is to be done any more.
      else if (error.code === UNAVAILABLE || error.code === CANCELLED) terminateRpcs();
      else reject(new RunError(`${request.getName()} could not be registered: ${error.message}`));
    });
  });
}

/**
 * Registers a resource with the engine and resolves when the engine is done with it: made, changed, found as it should
 * be, or previewed.
 *
 * Speaks the engine's protocol instead of making a `CustomResource`, whose outputs nobody here reads: that makes four
 * promises for each property, each with a stack trace, keeps them for as long as the program runs, and sends five lines
 * of debugging to the engine (docs/pulumi.md, "How long it takes").
 */
export async function registerResource(
  registration: Registration,
  { provider, stack }: Registrar,
  dependencies: readonly string[],
): Promise<void> {
  const { type, name, protection, secretOutputs = [] } = registration;
  const request = new protocol.RegisterResourceRequest()
    .setType(type)
    .setName(name)
    .setParent(stack)
    .setCustom(true)
    .setProvider(provider)
    .setDependenciesList([...dependencies])
    .setAdditionalsecretoutputsList([...secretOutputs])
    .setAcceptsecrets(true)
    .setAcceptresources(true)
    .setAliasspecs(true)
    .setSupportspartialvalues(true)
    .setSupportsresultreporting(true);
  if (protection) request.setProtect(protection.protect).setRetainondelete(protection.retainOnDelete);
  await setInputs(request, registration);
  await send(request);
}
