import { join } from 'node:path';
import type { OutputStream } from '../../services/ports/job-runtime.js';

/** The files of a process folder. The supervisor's script knows them by the same names. */
export const processFiles = {
  /** Shell assignments, read before the command starts. */
  env: 'env',
  /** The command, as a shell script. */
  command: 'command',
  /** Who supervises it; the file's existence says that it was started. */
  claim: 'claim',
  /** How it ended; blank until then. */
  exit: 'exit',
  /** A pipe that its supervisor keeps open for as long as it lives. */
  alive: 'alive',
} as const;

const outputFiles: Readonly<Record<OutputStream, string>> = { stdout: 'out', stderr: 'err' };

export function outputFile(stream: OutputStream): string {
  return outputFiles[stream];
}

/** The folder of one supervised process within its job's folder. */
export function processFolder(jobFolder: string, sequence: number): string {
  return join(jobFolder, 'processes', String(sequence));
}
