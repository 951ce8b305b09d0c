import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { DanubeError } from '@danube/plugin-api';
import { isCode } from './private-file.js';

/** More than any key in text form has, with comments around it. */
const maxBytes = 4096;

export interface PrivateFileRules {
  /** Why a file of this many bytes cannot be it; undefined where it can. Unless given, 4096 bytes are accepted. */
  readonly sizeProblem?: (bytes: number) => string | undefined;
  /** The error that says what is wrong with the file. */
  readonly unusable: (problem: string) => DanubeError;
}

/**
 * Reads a file with a key, which must be a regular one that nobody but its owner may read; undefined where there is none.
 * @throws what `unusable` makes of a problem
 */
export async function readPrivateFile(
  path: string,
  { sizeProblem = tooLong, unusable }: PrivateFileRules,
): Promise<Buffer | undefined> {
  // without waiting: opening a pipe would otherwise last until somebody writes to it
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return undefined;
    throw isCode(error, 'ELOOP') ? unusable('is a symbolic link') : error;
  });
  if (file === undefined) return undefined;
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw unusable('is not a regular file');
    if ((stat.mode & 0o077) !== 0) {
      throw unusable('is open to other users, who may have read it; "chmod 600" closes it');
    }
    const problem = sizeProblem(stat.size);
    if (problem !== undefined) throw unusable(problem);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function tooLong(bytes: number): string | undefined {
  return bytes <= maxBytes ? undefined : `has ${bytes} bytes; ${maxBytes} are accepted`;
}
