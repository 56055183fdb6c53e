/** The executable `pulumi-resource-aws` of tests: the engine starts it with its address and reads the port it prints. */
import proto from '@pulumi/pulumi/proto/provider_pb.js';
import { main } from '@pulumi/pulumi/provider/index.js';
import struct from 'google-protobuf/google/protobuf/struct_pb.js';
import { endWithEngine } from '../plugin-process.ts';
import { type StandInOptions, standInForAws } from './provider.ts';

/** Options as JSON in `ATELIER_AWS_STAND_IN`. */
const options = JSON.parse(process.env.ATELIER_AWS_STAND_IN ?? '{}') as Partial<StandInOptions>;
if (options.inventory === undefined) throw new Error('ATELIER_AWS_STAND_IN has to name an "inventory"');

// Of what is to be imported the engine sends no properties, and Pulumi's own server for providers fails on that.
const { getProperties } = proto.ReadRequest.prototype;
proto.ReadRequest.prototype.getProperties = function propertiesOrNone() {
  return getProperties.call(this) ?? new struct.Struct();
};

endWithEngine();
void main({ version: '7.48.0', ...standInForAws({ ...options, inventory: options.inventory }) }, process.argv.slice(2));
