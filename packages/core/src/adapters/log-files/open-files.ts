import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { LogPaths } from './log-paths.js';

/** A job's log files, open for writing at given positions. */
export interface OpenFiles {
  readonly log: FileHandle;
  readonly index: FileHandle;
  readonly remarks: FileHandle;
}

const mode = 0o640;

export async function openFiles(paths: LogPaths): Promise<OpenFiles> {
  const opened: FileHandle[] = [];
  const openOne = async (path: string): Promise<FileHandle> => {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, mode);
    opened.push(file);
    return file;
  };
  try {
    return { log: await openOne(paths.log), index: await openOne(paths.index), remarks: await openOne(paths.remarks) };
  } catch (error) {
    await Promise.all(opened.map((file) => file.close()));
    throw error;
  }
}

export async function closeFiles(files: OpenFiles): Promise<void> {
  await Promise.all([files.log.close(), files.index.close(), files.remarks.close()]);
}

/** Up to `length` bytes from `position` on; fewer only at the end of the file. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
