import { Metadata, type StatusObject, status } from '@grpc/grpc-js';
import proto from '@pulumi/pulumi/proto/provider_pb.js';
import statusProto from '@pulumi/pulumi/proto/status_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import struct from 'google-protobuf/google/protobuf/struct_pb.js';
import type { JsonObject } from '../../lib/core/json.ts';

/** What was made and does not work: the engine keeps it in the state, and tries to update it next time. */
export class PartialFailure extends Error {
  override readonly name = 'PartialFailure';
  readonly made: { readonly id: string; readonly outputs: JsonObject };

  constructor(message: string, made: { readonly id: string; readonly outputs: JsonObject }) {
    super(message);
    this.made = made;
  }
}

/** How a provider says so: the details of a gRPC status (pulumi-kubernetes, partialError). */
export function partialFailureStatus({ message, made }: PartialFailure): Partial<StatusObject> {
  const failed = new proto.ErrorResourceInitFailed()
    .setId(made.id)
    .setProperties(struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(made.outputs))))
    .setReasonsList([message]);
  const detail = new any.Any();
  detail.pack(failed.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed');
  const whole = new statusProto.Status().setCode(status.UNKNOWN).setMessage(message).setDetailsList([detail]);
  const metadata = new Metadata();
  metadata.add('grpc-status-details-bin', Buffer.from(whole.serializeBinary()));
  return { code: status.UNKNOWN, details: message, metadata };
}
