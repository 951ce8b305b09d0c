import type { CoordinatorConnection, MasterAddresses } from '../../services/ports/job-runtime.js';

/** What of a connection file changes with the master. */
export interface AddressDocument {
  readonly rpc_url: string;
  readonly grpc_address: string;
  /** Null rather than absent: it takes the place of an earlier one. */
  readonly ca: string | null;
}

/** The keys of a job's connection file: the SDK reads them. */
export interface ConnectionDocument extends AddressDocument {
  readonly token: string;
  readonly traceparent?: string | undefined;
}

/** Where the master listens, in the file's own keys. */
export function masterAddresses({ rpcUrl, grpcAddress, ca }: MasterAddresses): AddressDocument {
  return { rpc_url: rpcUrl, grpc_address: grpcAddress, ca: ca ?? null };
}

export function connectionDocument(connection: CoordinatorConnection): ConnectionDocument {
  return { ...masterAddresses(connection), token: connection.token, traceparent: connection.traceparent };
}
