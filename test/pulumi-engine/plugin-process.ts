import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { timed } from './call-times.ts';

const PARENT_CHECK_MS = 250;

/** Ends with the engine, also where that is killed: whoever started us is then not our parent any more. */
export function endWithEngine(): void {
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) process.exit(1);
  }, PARENT_CHECK_MS);
}

/** Serves a plugin as Pulumi's engine starts one: on a free port of 127.0.0.1, printed as the first line. */
export function servePlugin(service: ServiceDefinition, implementation: UntypedServiceImplementation): void {
  const unlimited = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };
  const server = new Server(unlimited);
  const times = process.env.ATELIER_STAND_IN_TIMES;
  server.addService(service, times === undefined ? implementation : timed(implementation, times));
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  endWithEngine();
}
