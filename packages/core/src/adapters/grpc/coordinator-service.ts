import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  sendUnaryData,
} from '@grpc/grpc-js';
import type { GrpcObject, ServiceClientConstructor } from '@grpc/grpc-js';
import type { ExitFacts } from '../../services/control/exit-facts.js';
import type { Message } from '../../services/control/message-fields.js';

const protoFile = join('proto', 'danube', 'v1', 'coordinator.proto');

/** The protocol: beside this program in a release, at the top of the repository in a checkout. */
function findProto(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, protoFile);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error(`${protoFile} is missing from this installation`);
  }
}

export type StepOutputMessage = { readonly stdout: Buffer } | { readonly stderr: Buffer } | ExitFacts;
export type RunStepCall = ServerWritableStream<Message, StepOutputMessage>;
export type GetSecretCall = ServerUnaryCall<Message, { readonly value: string }>;
export type GetSecretAnswer = sendUnaryData<{ readonly value: string }>;
export type UploadCall = ServerReadableStream<Message, object>;
export type UploadAnswer = sendUnaryData<object>;
export type DownloadCall = ServerWritableStream<Message, object>;
export type ReportStatusCall = ServerUnaryCall<Message, object>;
export type ReportStatusAnswer = sendUnaryData<object>;

/** Reads the service's definition from the .proto file. */
export async function loadCoordinatorService(): Promise<ServiceDefinition> {
  const [{ load }, { loadPackageDefinition }] = await Promise.all([
    import('@grpc/proto-loader'),
    import('@grpc/grpc-js'),
  ]);
  const definition = await load(findProto(), {
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
    oneofs: true,
  });
  const danube = loadPackageDefinition(definition)['danube'] as GrpcObject;
  const service = (danube['v1'] as GrpcObject)['CoordinatorService'] as ServiceClientConstructor;
  return service.service;
}
