import { readFile } from 'node:fs/promises';
import type { CoordinatorConnection, MasterAddresses } from '../../services/ports/job-runtime.js';
import {
  connectionDocument,
  masterAddresses,
  type ConnectionDocument,
} from '../step-supervisor/connection-document.js';
import { isFileMissing } from '../step-supervisor/file-errors.js';
import { replaceFile, type FileOwner } from '../step-supervisor/replace-file.js';

/** Only the owner may read it; undefined: the user of this master. */
export async function writeConnection(
  path: string,
  connection: CoordinatorConnection,
  owner: FileOwner | undefined,
): Promise<void> {
  await write(path, connectionDocument(connection), owner);
}

/** Tells a running coordinator where the master listens now; its token stays. */
export async function refreshConnection(
  path: string,
  addresses: MasterAddresses,
  owner: FileOwner | undefined,
): Promise<void> {
  try {
    const current = JSON.parse(await readFile(path, 'utf8')) as ConnectionDocument;
    await write(path, { ...current, ...masterAddresses(addresses) }, owner);
  } catch (error) {
    if (!isFileMissing(error)) throw error;
  }
}

async function write(path: string, document: ConnectionDocument, owner: FileOwner | undefined): Promise<void> {
  await replaceFile(path, `${JSON.stringify(document)}\n`, owner);
}
