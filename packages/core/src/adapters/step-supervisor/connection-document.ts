import type { CoordinatorConnection } from '../../services/ports/job-runtime.js';

/** The keys of a job's connection file: the SDK reads them. */
export interface ConnectionDocument {
  readonly rpc_url: string;
  readonly grpc_address: string;
  readonly token: string;
  readonly traceparent?: string | undefined;
}

/** Where the master listens, in the file's own keys. */
export function masterAddresses(
  connection: Pick<CoordinatorConnection, 'rpcUrl' | 'grpcAddress'>,
): Pick<ConnectionDocument, 'rpc_url' | 'grpc_address'> {
  return { rpc_url: connection.rpcUrl, grpc_address: connection.grpcAddress };
}

export function connectionDocument(connection: CoordinatorConnection): ConnectionDocument {
  return { ...masterAddresses(connection), token: connection.token, traceparent: connection.traceparent };
}
