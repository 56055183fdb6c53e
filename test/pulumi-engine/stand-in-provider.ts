import { type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import plugin from '@pulumi/pulumi/proto/plugin_pb.js';
import grpcService from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import proto from '@pulumi/pulumi/proto/provider_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import struct from 'google-protobuf/google/protobuf/struct_pb.js';
import type { JsonObject } from '../../lib/core/json.ts';
import { applyFaults, keepSilent, logOperation, type Operation } from './faults.ts';
import { PartialFailure, partialFailureStatus } from './partial-failure.ts';
import { servePlugin } from './plugin-process.ts';

/** A resource, as the engine knows it. */
export interface ResourceReference {
  /** `kubernetes:core/v1:Namespace` */
  readonly type: string;
  readonly name: string;
}

/** How wanted inputs differ from what is there. */
export type Difference =
  | { readonly kind: 'none' }
  | { readonly kind: 'update' | 'replace'; readonly properties: readonly string[] };

/** What exists of a resource. */
export interface Existing {
  readonly id: string;
  readonly outputs: JsonObject;
  /** Inputs that would make what is there. */
  readonly inputs: JsonObject;
}

/** What a stand-in for a provider has to do; secrets arrive plain, and the engine makes secrets of them again. */
export interface StandInProvider {
  /** Settings of the provider resource. */
  readonly configure: (settings: Readonly<Record<string, string>>) => Promise<void>;
  /** Sentences about inputs that no real provider would take. */
  readonly check: (resource: ResourceReference, inputs: JsonObject) => readonly string[];
  readonly diff: (resource: ResourceReference, id: string, olds: JsonObject, inputs: JsonObject) => Promise<Difference>;
  /** With `preview` nothing is made. */
  readonly create: (
    resource: ResourceReference,
    inputs: JsonObject,
    preview: boolean,
  ) => Promise<{ readonly id: string; readonly outputs: JsonObject }>;
  /** `undefined` where it is gone. */
  readonly read: (
    resource: ResourceReference,
    id: string,
    inputs: JsonObject,
    olds: JsonObject,
  ) => Promise<Existing | undefined>;
  readonly update: (
    resource: ResourceReference,
    id: string,
    inputs: JsonObject,
    preview: boolean,
  ) => Promise<JsonObject>;
  readonly delete: (resource: ResourceReference, id: string, olds: JsonObject) => Promise<void>;
}

/** Messages have getters for all their fields; the generated types lack the newer ones. */
type Message = Readonly<Record<string, () => unknown>>;
type Call = ServerUnaryCall<Message, unknown>;

function field<T>(call: Call, getter: string): T {
  return call.request[getter]?.() as T;
}

const data = (call: Call, getter: string): JsonObject =>
  field<{ toJavaScript: () => JsonObject } | undefined>(call, getter)?.toJavaScript() ?? {};

const toStruct = (value: JsonObject) => struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(value)));

/** `urn:pulumi:<stack>::<project>::<type of parent>$<type>::<name>` */
function reference(call: Call): ResourceReference {
  const [, , types = '', ...name] = field<string>(call, 'getUrn').split('::');
  return { type: types.split('$').at(-1) ?? '', name: name.join('::') };
}

function answering(work: (call: Call) => Promise<unknown>): (call: Call, answer: sendUnaryData<unknown>) => void {
  return (call, answer) => {
    work(call).then(
      (response) => answer(null, response),
      (error: Error) => {
        if (error instanceof PartialFailure) answer(partialFailureStatus(error), null);
        else answer({ code: status.UNKNOWN, details: error.message }, null);
      },
    );
  };
}

/** Serves a stand-in for a provider to Pulumi's engine. Operations are logged, and fail or take long where they are told to. */
export function serveProvider(version: string, provider: StandInProvider): void {
  const operate = async <T>(operation: Operation, call: Call, work: (resource: ResourceReference) => Promise<T>) => {
    const resource = reference(call);
    if (call.request.getPreview?.() !== true) await applyFaults(operation, resource.name);
    const result = await work(resource);
    if (call.request.getPreview?.() === true) return result;
    logOperation(operation, resource.name);
    await keepSilent(resource.name);
    return result;
  };
  servePlugin(grpcService.ResourceProviderService, {
    handshake: answering(async () => new proto.ProviderHandshakeResponse()),
    attach: answering(async () => new empty.Empty()),
    cancel: answering(async () => new empty.Empty()),
    getPluginInfo: answering(async () => new plugin.PluginInfo().setVersion(version)),
    getSchema: answering(async () => new proto.GetSchemaResponse().setSchema('{}')),
    checkConfig: answering(async (call) => new proto.CheckResponse().setInputs(field(call, 'getNews'))),
    diffConfig: answering(async (call) => diffSettings(data(call, 'getOlds'), data(call, 'getNews'))),
    configure: answering(async (call) => {
      const variables = field<{ toArray: () => [string, string][] }>(call, 'getVariablesMap').toArray();
      await provider.configure(Object.fromEntries(variables.map(([key, value]) => [key.split(':').at(-1), value])));
      return new proto.ConfigureResponse().setSupportspreview(true);
    }),
    check: answering(async (call) => {
      const failures = provider.check(reference(call), data(call, 'getNews'));
      return new proto.CheckResponse()
        .setInputs(field(call, 'getNews'))
        .setFailuresList(failures.map((reason) => new proto.CheckFailure().setReason(reason)));
    }),
    diff: answering(async (call) => {
      const [olds, news] = [data(call, 'getOlds'), data(call, 'getNews')];
      return diffResponse(await provider.diff(reference(call), field(call, 'getId'), olds, news));
    }),
    create: answering((call) =>
      operate('create', call, async (resource) => {
        const preview = field<boolean>(call, 'getPreview');
        const { id, outputs } = await provider.create(resource, data(call, 'getProperties'), preview);
        return new proto.CreateResponse().setId(preview ? '' : id).setProperties(toStruct(outputs));
      }),
    ),
    read: answering(async (call) => {
      const [inputs, olds] = [data(call, 'getInputs'), data(call, 'getProperties')];
      const existing = await provider.read(reference(call), field(call, 'getId'), inputs, olds);
      if (!existing) return new proto.ReadResponse();
      return new proto.ReadResponse()
        .setId(existing.id)
        .setProperties(toStruct(existing.outputs))
        .setInputs(toStruct(existing.inputs));
    }),
    update: answering((call) =>
      operate('update', call, async (resource) => {
        const [id, preview] = [field<string>(call, 'getId'), field<boolean>(call, 'getPreview')];
        return new proto.UpdateResponse().setProperties(
          toStruct(await provider.update(resource, id, data(call, 'getNews'), preview)),
        );
      }),
    ),
    delete: answering((call) =>
      operate('delete', call, async (resource) => {
        await provider.delete(resource, field(call, 'getId'), data(call, 'getProperties'));
        return new empty.Empty();
      }),
    ),
  });
}

function diffResponse(difference: Difference): unknown {
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  const response = new proto.DiffResponse();
  if (difference.kind === 'none') return response.setChanges(DIFF_NONE);
  response.setChanges(DIFF_SOME).setDiffsList([...difference.properties]);
  if (difference.kind === 'replace') response.setReplacesList([...difference.properties]).setDeletebeforereplace(true);
  return response;
}

/** Of the settings only the identifier of the cluster says that it is another one (pulumi-kubernetes, DiffConfig). */
function diffSettings(olds: JsonObject, news: JsonObject): unknown {
  const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
  );
  if (changed.length === 0) return diffResponse({ kind: 'none' });
  const kind = changed.includes('clusterIdentifier') ? 'replace' : 'update';
  return diffResponse({ kind, properties: changed });
}
