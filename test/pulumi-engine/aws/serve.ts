import { type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import plugin from '@pulumi/pulumi/proto/plugin_pb.js';
import grpcService from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import proto from '@pulumi/pulumi/proto/provider_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import struct from 'google-protobuf/google/protobuf/struct_pb.js';
import { servePlugin } from '../plugin-process.ts';
import type { AwsStandIn, Values } from './provider.ts';

/** Messages have getters for all their fields; the generated types lack the newer ones. */
type Message = Readonly<Record<string, () => unknown>>;
type Call = ServerUnaryCall<Message, unknown>;

const field = <T>(call: Call, getter: string): T => call.request[getter]?.() as T;
const text = (call: Call, getter: string): string => field<string>(call, getter) ?? '';
const values = (call: Call, getter: string): Values =>
  field<{ readonly toJavaScript: () => Values } | undefined>(call, getter)?.toJavaScript() ?? {};
const toStruct = (data: Values | undefined) => struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(data ?? {})));

function answering(work: (call: Call) => unknown): (call: Call, answer: sendUnaryData<unknown>) => void {
  return async (call, answer) => {
    try {
      answer(null, await work(call));
    } catch (error) {
      answer({ code: status.UNKNOWN, details: (error as Error).message }, null);
    }
  };
}

const failureMessage = ({ property, reason }: { readonly property: string; readonly reason: string }) =>
  new proto.CheckFailure().setProperty(property).setReason(reason);

/**
 * Serves the stand-in to the engine. `main` of @pulumi/pulumi would not do: its providers are not asked what a preview
 * would make, so that what they add to an input, such as the security group of a cluster, is taken for missing.
 */
export function serveAws(version: string, provider: AwsStandIn): void {
  servePlugin(grpcService.ResourceProviderService, {
    handshake: answering(() => new proto.ProviderHandshakeResponse()),
    attach: answering(() => new empty.Empty()),
    cancel: answering(() => new empty.Empty()),
    getPluginInfo: answering(() => new plugin.PluginInfo().setVersion(version)),
    getSchema: answering(() => new proto.GetSchemaResponse().setSchema('{}')),
    checkConfig: answering((call) => new proto.CheckResponse().setInputs(field(call, 'getNews'))),
    diffConfig: answering(() => new proto.DiffResponse().setChanges(proto.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: answering(() =>
      new proto.ConfigureResponse().setSupportspreview(true).setAcceptsecrets(true).setAcceptoutputs(true),
    ),
    check: answering(async (call) => {
      const { failures = [] } = await provider.check(text(call, 'getUrn'), {}, values(call, 'getNews'));
      return new proto.CheckResponse().setInputs(field(call, 'getNews')).setFailuresList(failures.map(failureMessage));
    }),
    diff: answering(async (call) => {
      const [olds, news] = [values(call, 'getOlds'), values(call, 'getNews')];
      const { changes } = await provider.diff(text(call, 'getId'), text(call, 'getUrn'), olds, news);
      const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
      return new proto.DiffResponse().setChanges(changes ? DIFF_SOME : DIFF_NONE);
    }),
    create: answering(async (call) => {
      const [urn, inputs] = [text(call, 'getUrn'), values(call, 'getProperties')];
      if (field<boolean>(call, 'getPreview')) {
        return new proto.CreateResponse().setProperties(toStruct(provider.preview(urn, inputs)));
      }
      const { id, outs } = await provider.create(urn, inputs);
      return new proto.CreateResponse().setId(id).setProperties(toStruct(outs));
    }),
    read: answering(async (call) => {
      const properties = values(call, 'getProperties');
      const { id = '', props, inputs } = await provider.read(text(call, 'getId'), text(call, 'getUrn'), properties);
      return new proto.ReadResponse().setId(id).setProperties(toStruct(props)).setInputs(toStruct(inputs));
    }),
    update: answering(async (call) => {
      const [olds, news] = [values(call, 'getOlds'), values(call, 'getNews')];
      const { outs } = await provider.update(text(call, 'getId'), text(call, 'getUrn'), olds, news);
      return new proto.UpdateResponse().setProperties(toStruct(outs));
    }),
    delete: answering(async (call) => {
      await provider.delete(text(call, 'getId'), text(call, 'getUrn'), values(call, 'getProperties'));
      return new empty.Empty();
    }),
    invoke: answering(async (call) => {
      const { outputs, failures = [] } = await provider.invoke(text(call, 'getTok'), values(call, 'getArgs'));
      return new proto.InvokeResponse().setReturn(toStruct(outputs)).setFailuresList(failures.map(failureMessage));
    }),
  });
}
