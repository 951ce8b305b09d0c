import { readFile } from 'node:fs/promises';
import { isFileMissing } from './file-errors.js';
import { replaceFile } from './job-folder.js';
import type { CoordinatorConnection } from '../../services/ports/job-runtime.js';

/** The file's own keys: the SDK reads them. */
interface ConnectionDocument {
  readonly rpc_url: string;
  readonly grpc_address: string;
  readonly token: string;
  readonly traceparent?: string | undefined;
}

export async function writeConnection(path: string, connection: CoordinatorConnection): Promise<void> {
  await write(path, {
    rpc_url: connection.rpcUrl,
    grpc_address: connection.grpcAddress,
    token: connection.token,
    traceparent: connection.traceparent,
  });
}

/** Tells a running coordinator where the master listens now; its token stays. */
export async function refreshConnection(
  path: string,
  addresses: Pick<CoordinatorConnection, 'rpcUrl' | 'grpcAddress'>,
): Promise<void> {
  try {
    const current = JSON.parse(await readFile(path, 'utf8')) as ConnectionDocument;
    await write(path, { ...current, rpc_url: addresses.rpcUrl, grpc_address: addresses.grpcAddress });
  } catch (error) {
    if (!isFileMissing(error)) throw error;
  }
}

async function write(path: string, document: ConnectionDocument): Promise<void> {
  await replaceFile(path, `${JSON.stringify(document)}\n`);
}
