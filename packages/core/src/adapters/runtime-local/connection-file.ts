import { readFile } from 'node:fs/promises';
import type { CoordinatorConnection, MasterAddresses } from '../../services/ports/job-runtime.js';
import {
  connectionDocument,
  masterAddresses,
  type ConnectionDocument,
} from '../step-supervisor/connection-document.js';
import { isFileMissing } from '../step-supervisor/file-errors.js';
import { replaceFile } from '../step-supervisor/replace-file.js';

export async function writeConnection(path: string, connection: CoordinatorConnection): Promise<void> {
  await write(path, connectionDocument(connection));
}

/** Tells a running coordinator where the master listens now; its token stays. */
export async function refreshConnection(path: string, addresses: MasterAddresses): Promise<void> {
  try {
    const current = JSON.parse(await readFile(path, 'utf8')) as ConnectionDocument;
    await write(path, { ...current, ...masterAddresses(addresses) });
  } catch (error) {
    if (!isFileMissing(error)) throw error;
  }
}

async function write(path: string, document: ConnectionDocument): Promise<void> {
  await replaceFile(path, `${JSON.stringify(document)}\n`);
}
