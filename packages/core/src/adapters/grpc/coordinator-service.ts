import { fileURLToPath } from 'node:url';
import type { ServerUnaryCall, ServerWritableStream, ServiceDefinition, sendUnaryData } from '@grpc/grpc-js';
import type { GrpcObject, ServiceClientConstructor } from '@grpc/grpc-js';
import type { ExitFacts } from '../../services/control/exit-facts.js';
import type { Message } from '../../services/control/message-fields.js';

/** The one copy of the protocol, as it stands in this repository. */
export const protoPath = fileURLToPath(new URL('../../../../../proto/danube/v1/coordinator.proto', import.meta.url));

export type StepOutputMessage = { readonly stdout: Buffer } | { readonly stderr: Buffer } | ExitFacts;
export type RunStepCall = ServerWritableStream<Message, StepOutputMessage>;
export type ReportStatusCall = ServerUnaryCall<Message, object>;
export type ReportStatusAnswer = sendUnaryData<object>;

/** Reads the service's definition from the .proto file. */
export async function loadCoordinatorService(path: string): Promise<ServiceDefinition> {
  const [{ load }, { loadPackageDefinition }] = await Promise.all([
    import('@grpc/proto-loader'),
    import('@grpc/grpc-js'),
  ]);
  const definition = await load(path, { keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true });
  const danube = loadPackageDefinition(definition)['danube'] as GrpcObject;
  const service = (danube['v1'] as GrpcObject)['CoordinatorService'] as ServiceClientConstructor;
  return service.service;
}
